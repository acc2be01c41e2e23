"""Questions that a manager asks: what will callers feel, and what if something were otherwise?"""
