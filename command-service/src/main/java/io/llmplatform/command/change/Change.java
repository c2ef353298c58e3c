package io.llmplatform.command.change;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/** What an edit does with one value. In JSON: absent keeps it, null clears it, anything else replaces it. */
@JsonDeserialize(using = ChangeDeserializer.class)
public sealed interface Change<T> {
    /** Leaves the value as it is. */
    record Keep<T>() implements Change<T> {}

    /** Removes the value. */
    record Clear<T>() implements Change<T> {}

    /** Replaces the value. */
    record Put<T>(T value) implements Change<T> {}

    static <T> Change<T> keep() {
        return new Keep<>();
    }

    static <T> Change<T> to(T value) {
        return new Put<>(value);
    }

    /** The value after the change. */
    default @Nullable T on(@Nullable T old) {
        return switch (this) {
            case Keep<T>() -> old;
            case Clear<T>() -> null;
            case Put<T>(var value) -> value;
        };
    }

    /** The value after a change of something that is always there; clearing counts as keeping, so validate before. */
    default T onRequired(T old) {
        return this instanceof Put<T>(var value) ? value : old;
    }

    /** The same change of another type. */
    default <U> Change<U> map(Function<T, U> function) {
        return switch (this) {
            case Keep<T>() -> new Keep<>();
            case Clear<T>() -> new Clear<>();
            case Put<T>(var value) -> new Put<>(function.apply(value));
        };
    }

    /** The same change of another type; a new value of which nothing is left clears. */
    default <U> Change<U> mapOrClear(Function<T, @Nullable U> function) {
        if (this instanceof Put<T>(var value)) {
            var mapped = function.apply(value);
            return mapped == null ? new Clear<>() : new Put<>(mapped);
        }
        return this instanceof Clear<T>() ? new Clear<>() : new Keep<>();
    }

    /** The new value, when there is one. */
    default @Nullable T value() {
        return on(null);
    }

    default boolean clears() {
        return this instanceof Clear<T>;
    }
}
