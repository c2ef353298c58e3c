package io.llmplatform.contracts.topic;

/** Kafka topics. Values are JSON by {@link io.llmplatform.contracts.json.ContractJson}. */
public final class Topics {
    /**
     * Domain events ({@link io.llmplatform.contracts.event.EventEnvelope}), key = aggregate id, one partition: the order
     * is the commit order of the event store. Kept for ever.
     */
    public static final String DOMAIN = "domain.v1";

    /** Usage records ({@link io.llmplatform.contracts.usage.UsageRecord}), key = request id. May hold duplicates. */
    public static final String USAGE = "usage.v1";

    public static final int USAGE_PARTITIONS = 4;

    /**
     * Gateway configuration ({@link io.llmplatform.contracts.config.ConfigRecord}), compacted, one partition, key =
     * {@link io.llmplatform.contracts.config.ConfigRecord#key()}.
     */
    public static final String GATEWAY_CONFIG = "gateway.config.v1";

    /**
     * The keys that personal data in events is sealed under ({@link io.llmplatform.contracts.personal.PersonKeyBox}), compacted,
     * one partition, key = subject; a tombstone where a key was destroyed. A key comes before the first event that needs it.
     */
    public static final String PERSON_KEYS = "person-keys.v1";

    /**
     * Reads of the audit log, questions to the time machine and exports ({@link io.llmplatform.contracts.read.ReadRecord}), key = id of the
     * person, one partition. Kept for {@link #READS_KEPT_DAYS}.
     */
    public static final String READS = "reads.v1";

    public static final int READS_KEPT_DAYS = 400;

    /** {@link io.llmplatform.contracts.status.GatewayStatus} of each gateway once a second, key = gateway. Kept for minutes. */
    public static final String GATEWAY_STATUS = "gateway.status.v1";

    /**
     * What the services log ({@link io.llmplatform.contracts.log.LogRecord}), key = service, one partition. Kept for
     * {@link #LOGS_KEPT_DAYS}; a service that cannot write to it goes on without, its files hold everything.
     */
    public static final String LOGS = "logs.v1";

    public static final int LOGS_KEPT_DAYS = 30;

    private Topics() {}
}
