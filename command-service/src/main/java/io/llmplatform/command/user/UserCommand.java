package io.llmplatform.command.user;

import io.llmplatform.command.change.Change;
import io.llmplatform.command.password.PasswordHash;
import io.llmplatform.contracts.http.Role;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of an account. Every command answers with the version it left the account at. */
public sealed interface UserCommand {
    String userId();

    record CreateUser(
            @TargetAggregateIdentifier String userId,
            String username,
            PasswordHash password,
            @Nullable String email,
            @Nullable String displayName,
            Role role)
            implements UserCommand {}

    /** @param by id of who does it */
    record EditUser(
            @TargetAggregateIdentifier String userId,
            @Nullable Long expectedVersion,
            String by,
            Change<String> email,
            Change<String> displayName,
            Change<Role> role)
            implements UserCommand {}

    /** @param by id of who does it */
    record DisableUser(
            @TargetAggregateIdentifier String userId,
            @Nullable Long expectedVersion,
            String by) implements UserCommand {}

    record EnableUser(
            @TargetAggregateIdentifier String userId,
            @Nullable Long expectedVersion) implements UserCommand {}

    record ChangePassword(
            @TargetAggregateIdentifier String userId,
            @Nullable Long expectedVersion,
            PasswordHash password) implements UserCommand {}
}
