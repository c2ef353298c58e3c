package io.llmplatform.command.user;

import io.llmplatform.contracts.http.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the write side must know of a person at once, without asking a read model.
 *
 * @param passwordChangedAt in whole seconds; absent while the first password is in use
 */
public record Account(
        String id,
        String username,
        @Nullable String email,
        @Nullable String displayName,
        Role role,
        boolean active,
        @Nullable Instant passwordChangedAt) {}
