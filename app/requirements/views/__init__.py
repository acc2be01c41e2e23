"""What pages show of requirements, and what their forms say."""
