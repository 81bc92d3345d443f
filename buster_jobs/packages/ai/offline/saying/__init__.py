"""From a plan and its result to English: the sentence that answers, and the one that declines."""
