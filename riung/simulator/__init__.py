"""A WhatsApp look-alike page and a stand-in Graph API, for trying Riung without an account.

It goes the real way: what a citizen writes here leaves as a webhook signed like Meta's, and the
answer comes back as a request to a Graph API that checks it as Meta does. All state lives in the
memory of the process, bounded (`chats.py`), shared by all who open the page, and gone at its end.
"""
