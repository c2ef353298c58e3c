package io.llmplatform.contracts.event;

import io.llmplatform.contracts.json.ContractJson;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every event there is, by its wire name. Derived from the sealed hierarchy, so none can be forgotten. */
public final class EventCatalog {
    private static final Map<String, Class<? extends DomainEvent>> BY_NAME = events(DomainEvent.class)
            .collect(Collectors.toUnmodifiableMap(type -> type(type).name(), Function.identity()));

    private EventCatalog() {}

    public static Collection<Class<? extends DomainEvent>> classes() {
        return BY_NAME.values();
    }

    public static Optional<Class<? extends DomainEvent>> classOf(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** @throws NullPointerException naming the class when it carries no {@link EventType} */
    public static EventType type(Class<?> event) {
        return Objects.requireNonNull(
                event.getAnnotation(EventType.class), () -> "no @EventType on " + event.getName());
    }

    /**
     * The event inside an envelope.
     *
     * @throws IllegalArgumentException when the type is unknown or the data does not fit it
     */
    public static DomainEvent read(EventEnvelope envelope) {
        var type = classOf(envelope.type())
                .orElseThrow(() -> new IllegalArgumentException("unknown event type '" + envelope.type() + "'"));
        try {
            return ContractJson.mapper().treeToValue(envelope.data(), type);
        } catch (tools.jackson.core.JacksonException e) {
            throw new IllegalArgumentException(
                    "event " + envelope.id() + " of type " + envelope.type() + " does not fit its class", e);
        }
    }

    private static Stream<Class<? extends DomainEvent>> events(Class<? extends DomainEvent> type) {
        if (!type.isSealed()) {
            return Stream.of(type);
        }
        return Stream.of(type.getPermittedSubclasses()).flatMap(sub -> events(sub.asSubclass(DomainEvent.class)));
    }
}
