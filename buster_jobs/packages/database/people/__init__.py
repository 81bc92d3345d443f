"""Organizations, their members, and their chats."""
