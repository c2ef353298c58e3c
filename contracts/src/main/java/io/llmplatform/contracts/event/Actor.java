package io.llmplatform.contracts.event;

import org.jspecify.annotations.Nullable;

/**
 * Who caused an event.
 *
 * @param type {@code user} or {@code system}
 * @param id   user id, or the name of the system part such as {@code demo-seed}
 * @param name user name, absent for the system
 */
public record Actor(String type, String id, @Nullable Personal name) {
    public static Actor user(String id, String name) {
        return new Actor("user", id, new Personal(id, name));
    }

    public static Actor system(String part) {
        return new Actor("system", part, null);
    }
}
