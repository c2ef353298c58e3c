package io.llmplatform.query.reading;

/** An answer that tells how many results are in it. */
public interface Counted {
    long results();
}
