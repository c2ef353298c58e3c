package io.llmplatform.command.apikey;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whose a key is: a person's, or a team's (a service key). */
record Owner(@Nullable String userId, @Nullable String teamId) {
    static Owner user(String userId) {
        return new Owner(userId, null);
    }

    static Owner team(String teamId) {
        return new Owner(null, teamId);
    }

    boolean isUser(@Nullable String id) {
        return userId != null && Objects.equals(userId, id);
    }
}
