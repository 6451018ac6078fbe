update claim_window set told_at = closed_at where state = 'void' and told_at is null;
