package io.llmplatform.contracts.http;

/** HTTP headers that have a meaning between the front door, the services and clients. */
public final class Headers {
    /** Minted by the front door for every request (a client's own value is not trusted as an id) and answered back. */
    public static final String REQUEST_ID = "X-Request-Id";

    /**
     * Written by the command-service: the decimal position ({@code EventEnvelope.position}) of the last event that the
     * command stored. A GET that carries it waits, bounded, until the read models have got there.
     */
    public static final String CONSISTENCY_TOKEN = "X-Consistency-Token";

    /** Answered by the query-service as {@code behind} when the bounded wait for a consistency token ran out. */
    public static final String CONSISTENCY = "X-Consistency";

    /** The client's address as the front door saw it. The services behind it listen on loopback or a private net only. */
    public static final String FORWARDED_FOR = "X-Forwarded-For";

    /** Chosen by the caller of a write: the same request again under the same key gets the first answer, for 24 hours. */
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** Answered as {@code true} when nothing was done and the answer is that of the first request of the key. */
    public static final String IDEMPOTENCY_REPLAYED = "Idempotency-Replayed";
    /** {@code https} or {@code http}, as the client reached the front door. */
    public static final String FORWARDED_PROTO = "X-Forwarded-Proto";

    private Headers() {}
}
