package io.llmplatform.query.live;

import io.llmplatform.contracts.status.GatewayStatus;
import io.llmplatform.contracts.usage.Outcome;
import io.llmplatform.contracts.usage.UsageRecord;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Adds up what comes in until it is told. For one thread. */
final class LiveSecond {
    private static final int BUSIEST = 10;

    /** A gateway that has not told anything for so long has gone. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private final Map<String, GatewayStatus> gateways = new TreeMap<>();
    private Map<String, BigDecimal> costs = new TreeMap<>();
    private Map<String, Long> models = new HashMap<>();
    private final Map<Channel, Integer> told = new EnumMap<>(Channel.class);
    private long requests;
    private long failed;
    private long tokens;

    void add(UsageRecord record) {
        requests++;
        if (record.outcome() != Outcome.COMPLETED) {
            failed++;
        }
        tokens += record.promptTokens() + record.completionTokens();
        if (record.cost().signum() != 0) {
            costs.merge(record.currency(), record.cost(), BigDecimal::add);
        }
        models.merge(Objects.requireNonNullElse(record.model(), ""), 1L, Long::sum);
    }

    void add(GatewayStatus status) {
        gateways.put(status.gateway(), status);
    }

    /** @return the how-manieth on that channel it is */
    int next(Channel channel) {
        return told.merge(channel, 1, Integer::sum);
    }

    /** How many there were beyond so many. */
    Optional<Integer> leftOut(Channel channel, int most) {
        return Optional.of(told.getOrDefault(channel, 0) - most).filter(left -> left > 0);
    }

    /** What has come since the last time. */
    LiveTick tell(Instant now) {
        gateways.values().removeIf(status -> status.at().isBefore(now.minus(SILENCE)));
        var busiest = new LinkedHashMap<String, Long>();
        models.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(BUSIEST)
                .forEach(model -> busiest.put(model.getKey(), model.getValue()));
        var tick = new LiveTick(
                now,
                requests,
                failed,
                tokens,
                costs,
                busiest,
                gateways.values().stream().mapToInt(GatewayStatus::inFlight).sum(),
                List.copyOf(gateways.values()));
        costs = new TreeMap<>();
        models = new HashMap<>();
        told.clear();
        requests = 0;
        failed = 0;
        tokens = 0;
        return tick;
    }
}
