"""The steps that bring a ledger's tables from one version of Détente to the next."""
