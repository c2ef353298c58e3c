package io.llmplatform.command.eventstore;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.axonframework.spring.stereotype.Aggregate;
import org.springframework.beans.factory.ListableBeanFactory;

/** The aggregates that ask for snapshots, by the names under which their snapshots are stored. */
final class SnapshotTypes {
    private final Map<String, SnapshotType> byName;

    SnapshotTypes(Collection<Class<?>> aggregates) {
        byName = aggregates.stream()
                .map(SnapshotType::of)
                .collect(Collectors.toUnmodifiableMap(SnapshotType::name, Function.identity()));
    }

    static SnapshotTypes in(ListableBeanFactory beans) {
        return new SnapshotTypes(Arrays.stream(beans.getBeanNamesForAnnotation(Aggregate.class))
                .<Class<?>>map(name -> Objects.requireNonNull(beans.getType(name)))
                .filter(type -> type.getAnnotation(Aggregate.class)
                        .snapshotTriggerDefinition()
                        .equals(Snapshots.AFTER_MANY_EVENTS))
                .toList());
    }

    Collection<SnapshotType> all() {
        return byName.values();
    }

    Optional<SnapshotType> of(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** @throws IllegalArgumentException for a class that asks for no snapshots */
    SnapshotType of(Class<?> aggregate) {
        return byName.values().stream()
                .filter(type -> type.aggregate().equals(aggregate))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no snapshots of " + aggregate.getName()));
    }

    /** @param revision of what the class holds, see {@link Shape} */
    record SnapshotType(String name, String revision, Class<?> aggregate) {
        private static SnapshotType of(Class<?> aggregate) {
            return new SnapshotType(aggregate.getAnnotation(Aggregate.class).type(), Shape.of(aggregate), aggregate);
        }
    }
}
