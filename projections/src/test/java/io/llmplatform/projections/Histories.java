package io.llmplatform.projections;

import io.llmplatform.contracts.event.ApiKeyEvent;
import io.llmplatform.contracts.event.DomainEvent;
import io.llmplatform.contracts.event.EventEnvelope;
import io.llmplatform.contracts.event.Personal;
import io.llmplatform.contracts.event.ProviderEvent;
import io.llmplatform.contracts.event.TeamEvent;
import io.llmplatform.contracts.event.UserEvent;
import io.llmplatform.contracts.http.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Random histories of a few entities, and what they come to, folded here by hand and in the simplest way: one value after the
 * other, in a map, knowing nothing of how the projections do it.
 */
final class Histories {
    private static final int ENTITIES = 6;

    private final Random random;
    private final String name;
    private final Map<String, Long> sequences = new HashMap<>();
    private final List<EventEnvelope> events = new ArrayList<>();
    private final Map<String, Map<String, String>> state = new TreeMap<>();
    /** What an audit document tells besides the event: by its id, name of the entity and change of its status. */
    private final Map<String, String> told = new TreeMap<>();

    Histories(long seed) {
        this.random = new Random(seed);
        this.name = "h" + seed;
    }

    /** So many events, of all entities, one after the other as they happen. */
    List<EventEnvelope> live(int count) {
        var new_ = new ArrayList<EventEnvelope>();
        for (int i = 0; i < count; i++) {
            int which = random.nextInt(ENTITIES);
            var before = events.size();
            switch (random.nextInt(4)) {
                case 0 -> user("usr_" + name + "_" + which);
                case 1 -> team("team_" + name + "_" + which);
                case 2 -> key("key_" + name + "_" + which);
                default -> provider("prv_" + name + "_" + which);
            }
            new_.addAll(events.subList(before, events.size()));
        }
        return new_;
    }

    /** Every entity with all that it has become, as {@code id field=value …}, in the order of ids. */
    List<String> entities() {
        return state.entrySet().stream()
                .map(entity -> entity.getKey() + " " + entity.getValue())
                .toList();
    }

    /** Every audit document: {@code event-id entity-name status-before>status-after}. */
    List<String> documents() {
        return told.entrySet().stream()
                .map(document -> document.getKey() + " " + document.getValue())
                .sorted()
                .toList();
    }

    private void user(String id) {
        var is = state.get(id);
        if (is == null) {
            var username = "person-" + id;
            var details = userDetails(id);
            happens(id, new UserEvent.UserCreated(id, new Personal(id, username), details));
            is = begin(id);
            is.put("username", username);
            is.put("second_factor", "false");
            set(is, details);
        } else {
            switch (random.nextInt(5)) {
                case 0 -> {
                    var details = userDetails(id);
                    happens(id, new UserEvent.UserEdited(id, userDetails(id), details));
                    set(is, details);
                }
                case 1 -> status(id, is, new UserEvent.UserDisabled(id), "disabled");
                case 2 -> status(id, is, new UserEvent.UserEnabled(id), "active");
                case 3 -> {
                    happens(id, new UserEvent.SecondFactorEnrolled(id));
                    is.put("second_factor", "true");
                }
                default -> happens(id, new UserEvent.UserPasswordChanged(id));
            }
        }
        touched(id, is, null);
    }

    private UserEvent.Details userDetails(String id) {
        return new UserEvent.Details(
                random.nextBoolean() ? null : new Personal(id, id + random.nextInt(9) + "@example.com"),
                random.nextBoolean() ? null : new Personal(id, "张 " + random.nextInt(9)),
                Role.values()[random.nextInt(Role.values().length)],
                random.nextBoolean() ? null : "team_" + name + "_" + random.nextInt(ENTITIES),
                null,
                null);
    }

    private static void set(Map<String, String> is, UserEvent.Details details) {
        put(is, "email", details.email() == null ? null : details.email().clear());
        put(
                is,
                "display_name",
                details.displayName() == null ? null : details.displayName().clear());
        is.put("role", details.role().wire());
        put(is, "team_id", details.teamId());
    }

    private void team(String id) {
        var is = state.get(id);
        if (is == null) {
            var details = new TeamEvent.Details("Team " + random.nextInt(99), null, null);
            happens(id, new TeamEvent.TeamCreated(id, details));
            is = begin(id);
            is.put("name", details.name());
        } else {
            switch (random.nextInt(3)) {
                case 0 -> {
                    var details = new TeamEvent.Details("Team " + random.nextInt(99), null, null);
                    happens(id, new TeamEvent.TeamEdited(id, new TeamEvent.Details("?", null, null), details));
                    is.put("name", details.name());
                }
                case 1 -> status(id, is, new TeamEvent.TeamDisabled(id), "disabled");
                default -> status(id, is, new TeamEvent.TeamEnabled(id), "active");
            }
        }
        touched(id, is, is.get("name"));
    }

    private void key(String id) {
        var is = state.get(id);
        if (is == null) {
            var details = keyDetails();
            happens(id, new ApiKeyEvent.ApiKeyIssued(id, "usr_" + name + "_0", "sk-0", "hash", details));
            is = begin(id);
            is.put("prefix", "sk-0");
            is.put("name", details.name());
            put(
                    is,
                    "allowed_models",
                    details.allowedModels() == null
                            ? null
                            : details.allowedModels().toString());
        } else if (!"revoked".equals(is.get("status"))) {
            switch (random.nextInt(8)) {
                case 0, 1 -> {
                    var details = keyDetails();
                    happens(id, new ApiKeyEvent.ApiKeyEdited(id, keyDetails(), details));
                    is.put("name", details.name());
                    put(
                            is,
                            "allowed_models",
                            details.allowedModels() == null
                                    ? null
                                    : details.allowedModels().toString());
                }
                case 2, 3 -> {
                    var prefix = "sk-" + random.nextInt(1000);
                    var until = Instant.parse("2030-01-01T00:00:00Z");
                    happens(id, new ApiKeyEvent.ApiKeyRotated(id, prefix, "hash", "sk-0", "hash-0", until));
                    is.put("prefix", prefix);
                }
                case 4, 5 -> status(id, is, new ApiKeyEvent.ApiKeyDisabled(id), "disabled");
                case 6 -> status(id, is, new ApiKeyEvent.ApiKeyEnabled(id), "active");
                default -> status(id, is, new ApiKeyEvent.ApiKeyRevoked(id), "revoked");
            }
        } else {
            return;
        }
        touched(id, is, is.get("name"));
    }

    private ApiKeyEvent.Details keyDetails() {
        return new ApiKeyEvent.Details(
                "key " + random.nextInt(99),
                random.nextBoolean() ? null : List.of("gpt-" + random.nextInt(9), "模型"),
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private void provider(String id) {
        var is = state.get(id);
        if (is == null) {
            var details = providerDetails();
            happens(id, new ProviderEvent.ProviderCreated(id, details, null));
            is = begin(id);
            is.put("name", details.name());
            is.put("base_url", details.baseUrl());
        } else {
            switch (random.nextInt(3)) {
                case 0 -> {
                    var details = providerDetails();
                    happens(id, new ProviderEvent.ProviderEdited(id, providerDetails(), details));
                    is.put("name", details.name());
                    is.put("base_url", details.baseUrl());
                }
                case 1 -> status(id, is, new ProviderEvent.ProviderDisabled(id), "disabled");
                default -> status(id, is, new ProviderEvent.ProviderEnabled(id), "active");
            }
        }
        touched(id, is, is.get("name"));
    }

    private ProviderEvent.Details providerDetails() {
        return new ProviderEvent.Details(
                "Provider " + random.nextInt(99), "openai", "https://" + random.nextInt(99) + ".example.com/v1");
    }

    private Map<String, String> begin(String id) {
        var is = new TreeMap<String, String>();
        is.put("status", "active");
        state.put(id, is);
        return is;
    }

    private void status(String id, Map<String, String> is, DomainEvent event, String status) {
        happens(id, event);
        var before = statusTold.getOrDefault(id, "active");
        is.put("status", status);
        statusTold.put(id, status);
        told.put(events.getLast().id(), before + ">" + status);
    }

    /** The status that an event has told of, for the next one's {@code before}. */
    private final Map<String, String> statusTold = new HashMap<>();

    private void touched(String id, Map<String, String> is, @Nullable String named) {
        is.put("version", Long.toString(sequences.get(id) - 1));
        var document = events.getLast().id();
        told.merge(document, "", (change, nothing) -> change);
        if (named != null) {
            told.put(document, named + " " + told.get(document));
        } else {
            told.put(document, is.get("username") + " " + told.get(document));
        }
    }

    private void happens(String id, DomainEvent event) {
        long sequence = sequences.merge(id, 1L, Long::sum) - 1;
        events.add(World.envelope(id, sequence, event));
    }

    private static void put(Map<String, String> is, String field, @Nullable String value) {
        if (value == null) {
            is.remove(field);
        } else {
            is.put(field, value);
        }
    }
}
