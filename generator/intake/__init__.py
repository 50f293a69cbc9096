"""Intake: what lies in content/, found (`find`) and read (`read`)."""
