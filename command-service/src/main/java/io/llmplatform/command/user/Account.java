package io.llmplatform.command.user;

import io.llmplatform.contracts.http.Role;
import org.jspecify.annotations.Nullable;

/** What the write side must know of a person at once, without asking a read model. */
public record Account(
        String id,
        String username,
        @Nullable String email,
        @Nullable String displayName,
        Role role,
        boolean active) {}
