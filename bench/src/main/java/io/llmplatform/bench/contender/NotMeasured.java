package io.llmplatform.bench.contender;

/** A target cannot be had or does not start; the message says why, for the table. */
public final class NotMeasured extends Exception {
    private static final long serialVersionUID = 1;

    private final String why;

    public NotMeasured(String why) {
        super(why);
        this.why = why;
    }

    public String why() {
        return why;
    }
}
