alter table claim_window
    drop column trust,
    drop column rotation,
    drop column policy_version,
    drop column best_fit,
    drop column best_order,
    drop column best_mark;
