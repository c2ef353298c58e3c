package io.llmplatform.bench.load;

/** Request bodies of a given size: a system message, a short dialogue, and a long question that fills the rest. */
public final class Prompt {
    private static final String SENTENCE =
            "The report names the figure, the day it was taken, and the person who answers for it. ";

    private Prompt() {}

    /** A body of exactly that many bytes, all ASCII. */
    public static String ofSize(int bytes, String model, boolean stream) {
        var head =
                "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"system\",\"content\":\"You answer briefly.\"},"
                        + "{\"role\":\"user\",\"content\":\"Hello\"},{\"role\":\"assistant\",\"content\":\"Hello. What may I do?\"},"
                        + "{\"role\":\"user\",\"content\":\"Sum this up: ";
        var tail = "\"}],\"temperature\":0.7,\"max_tokens\":256"
                + (stream ? ",\"stream\":true,\"stream_options\":{\"include_usage\":true}" : "") + "}";
        int room = bytes - head.length() - tail.length();
        if (room < 0) {
            throw new IllegalArgumentException("expected at least " + (bytes - room) + " bytes, got " + bytes);
        }
        return head + SENTENCE.repeat(room / SENTENCE.length() + 1).substring(0, room) + tail;
    }
}
