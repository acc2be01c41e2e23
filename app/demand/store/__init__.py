"""Every query about demand; each is held to one control room or to queues of one."""
