drop index need_answer_due;
