package io.llmplatform.query.system;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code SystemHealth} of the management API. */
record SystemHealth(Status status, List<Component> components) {

    /** Down when what everything needs is down, degraded when something else is not up. */
    static SystemHealth of(List<Component> components) {
        boolean down = components.stream().anyMatch(c -> c.name().equals("postgres") && c.status() == Status.DOWN);
        boolean allUp = components.stream().allMatch(c -> c.status() == Status.UP);
        return new SystemHealth(down ? Status.DOWN : allUp ? Status.UP : Status.DEGRADED, components);
    }

    record Component(String name, Status status, @Nullable String detail) {}

    enum Status {
        UP,
        DEGRADED,
        DOWN;

        @JsonValue
        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
