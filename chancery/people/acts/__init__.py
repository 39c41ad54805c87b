"""What happens to accounts: rights, invitations, second factors, notes verbales, letters. All of it is sealed
privately: the world learns that an entry was made, and nothing else."""

from .accounts import change_account, create_account, load_practice_accounts
from .factors import confirm_restoration, restore_factor
from .grants import deputise, grant, revoke
from .invitations import Issued, accept_invitation, forget_invitations, invite, withdraw_invitation
from .letters import cancel_letter, retry_letter
from .notes import receive_note

__all__ = [
    "Issued", "accept_invitation", "cancel_letter", "change_account", "confirm_restoration", "create_account",
    "deputise", "forget_invitations", "grant", "invite", "load_practice_accounts", "receive_note",
    "restore_factor", "retry_letter", "revoke", "withdraw_invitation",
]  # fmt: skip
