"""What compiled inner loops share: the compiler, its cache, and how to fill it beforehand."""
