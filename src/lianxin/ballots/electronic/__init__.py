"""The trial by machine beside a vote on paper (Belenios), each door by its own name.

`tool` calls Debian's `belenios-tool`, the one program that does cryptography; `keys`, `elections`,
`questions`, `archive` and `verifier` speak to it without Django, so that the scrutineers' devices, the
kiosk in the hall and anybody who checks the board run the same code as the server.
"""
