package io.llmplatform.contracts.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.llmplatform.contracts.http.Role;
import io.llmplatform.contracts.policy.Budget;
import io.llmplatform.contracts.policy.Limits;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Facts about a person's account. Credentials are never part of an event, not even hashed. */
public sealed interface UserEvent extends DomainEvent {
    String userId();

    @EventType(name = "user.UserCreated")
    record UserCreated(String userId, Personal username, Details details) implements UserEvent {}

    @EventType(name = "user.UserEdited")
    record UserEdited(String userId, Details before, Details after) implements UserEvent {}

    @EventType(name = "user.UserPasswordChanged")
    record UserPasswordChanged(String userId) implements UserEvent {}

    /**
     * A one-time link was made with which the person sets a password; links before it are dead.
     *
     * @param expiresAt the instant from which it is refused
     */
    @EventType(name = "user.UserInvited")
    record UserInvited(String userId, Instant expiresAt) implements UserEvent {}

    /** The person set a password by their link, which is dead now. */
    @EventType(name = "user.InvitationAccepted")
    record InvitationAccepted(String userId) implements UserEvent {}

    /** From now on a login with the password needs a code too. */
    @EventType(name = "user.SecondFactorEnrolled")
    record SecondFactorEnrolled(String userId) implements UserEvent {}

    /** A password is enough again. The recovery codes went with the factor. */
    @EventType(name = "user.SecondFactorRemoved")
    record SecondFactorRemoved(String userId, RemovedBy by) implements UserEvent {}

    /** @param recoveryCodesLeft how many the person has now */
    @EventType(name = "user.RecoveryCodeUsed")
    record RecoveryCodeUsed(String userId, int recoveryCodesLeft) implements UserEvent {}

    /** The person logs in as that subject of an OpenID provider. */
    @EventType(name = "user.IdentityLinked")
    record IdentityLinked(String userId, String issuer, Personal subject) implements UserEvent {}

    @EventType(name = "user.IdentityUnlinked")
    record IdentityUnlinked(String userId) implements UserEvent {}

    @EventType(name = "user.UserDisabled")
    record UserDisabled(String userId) implements UserEvent {}

    @EventType(name = "user.UserEnabled")
    record UserEnabled(String userId) implements UserEvent {}

    /** What entitled to the removal of a second factor. */
    enum RemovedBy {
        CODE,
        RECOVERY_CODE,
        PASSWORD,
        ADMINISTRATOR;

        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws IllegalArgumentException naming the value */
        @JsonCreator
        public static RemovedBy of(String wire) {
            return Arrays.stream(values())
                    .filter(by -> by.wire().equals(wire))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("by: '" + wire + "'"));
        }
    }

    /** What can be edited. */
    record Details(
            @Nullable Personal email,
            @Nullable Personal displayName,
            Role role,
            @Nullable String teamId,
            @Nullable Limits limits,
            @Nullable List<Budget> budgets) {}
}
