package io.llmplatform.command.user;

import io.llmplatform.command.change.Change;
import io.llmplatform.command.password.PasswordHash;
import io.llmplatform.contracts.event.Personal;
import io.llmplatform.contracts.event.UserEvent.Details;
import io.llmplatform.contracts.event.UserEvent.RemovedBy;
import io.llmplatform.contracts.http.Role;
import io.llmplatform.contracts.policy.Budget;
import io.llmplatform.contracts.policy.Limits;
import io.llmplatform.contracts.secret.SealedSecret;
import java.time.Instant;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of an account. Every command answers with the version it left the account at. */
public sealed interface UserCommand {
    String userId();

    /** @param password null for a person who sets one by an invitation, without which they cannot log in */
    record CreateUser(
            @TargetAggregateIdentifier String userId,
            String username,
            @Nullable PasswordHash password,
            Details details,
            @Nullable Invitation invitation)
            implements UserCommand {
        public CreateUser(String userId, String username, PasswordHash password, Details details) {
            this(userId, username, password, details, null);
        }
    }

    /** A new one-time link; those before it are dead. */
    record InviteUser(
            @TargetAggregateIdentifier String userId,
            @Nullable Long expectedVersion,
            Invitation invitation) implements UserCommand {}

    /** @param tokenHash as in {@link Invitation} */
    record AcceptInvitation(@TargetAggregateIdentifier String userId, String tokenHash, PasswordHash password)
            implements UserCommand {}

    record JoinTeam(@TargetAggregateIdentifier String userId, String teamId) implements UserCommand {}

    record LeaveTeam(@TargetAggregateIdentifier String userId, String teamId) implements UserCommand {}

    /** @param by id of who does it */
    record EditUser(
            @TargetAggregateIdentifier String userId,
            @Nullable Long expectedVersion,
            String by,
            Edit edit) implements UserCommand {}

    /** @param by id of who does it */
    record DisableUser(
            @TargetAggregateIdentifier String userId,
            @Nullable Long expectedVersion,
            String by) implements UserCommand {}

    record EnableUser(
            @TargetAggregateIdentifier String userId,
            @Nullable Long expectedVersion) implements UserCommand {}

    /** @param keptSession id of the session that outlives the change, if any */
    record ChangePassword(
            @TargetAggregateIdentifier String userId,
            @Nullable Long expectedVersion,
            PasswordHash password,
            @Nullable String keptSession)
            implements UserCommand {}

    /**
     * A factor that was begun comes into force.
     *
     * @param secret        the one that was begun
     * @param step          whose code was right
     * @param recoveryCodes hashes
     */
    record EnrolSecondFactor(
            @TargetAggregateIdentifier String userId, SealedSecret secret, long step, List<String> recoveryCodes)
            implements UserCommand {}

    /** @param by what entitles to it; has been checked */
    record RemoveSecondFactor(
            @TargetAggregateIdentifier String userId,
            @Nullable Long expectedVersion,
            RemovedBy by) implements UserCommand {}

    /** Somebody whom the OpenID provider has let in for the first time: an account without a password. */
    record AdmitUser(
            @TargetAggregateIdentifier String userId, String username, Details details, String issuer, String subject)
            implements UserCommand {}

    /** From now on that person of the provider logs in as this account. */
    record LinkIdentity(
            @TargetAggregateIdentifier String userId,
            @Nullable Long expectedVersion,
            String issuer,
            String subject) implements UserCommand {}

    record UnlinkIdentity(
            @TargetAggregateIdentifier String userId,
            @Nullable Long expectedVersion) implements UserCommand {}

    record UseRecoveryCode(@TargetAggregateIdentifier String userId, String hash) implements UserCommand {}

    /** @param tokenHash {@link io.llmplatform.command.invitation.InvitationToken#hash} */
    record Invitation(String tokenHash, Instant expiresAt) {}

    /** What becomes of each detail. */
    record Edit(
            Change<String> email,
            Change<String> displayName,
            Change<Role> role,
            Change<String> teamId,
            Change<Limits> limits,
            Change<List<Budget>> budgets) {
        public static Edit role(Role role) {
            return new Edit(Change.keep(), Change.keep(), Change.to(role), Change.keep(), Change.keep(), Change.keep());
        }

        static Edit team(Change<String> teamId) {
            return new Edit(Change.keep(), Change.keep(), Change.keep(), teamId, Change.keep(), Change.keep());
        }

        Details on(String userId, Details details) {
            return new Details(
                    personal(userId, email, details.email()),
                    personal(userId, displayName, details.displayName()),
                    role.onRequired(details.role()),
                    teamId.on(details.teamId()),
                    limits.on(details.limits()),
                    budgets.on(details.budgets()));
        }

        private static @Nullable Personal personal(String userId, Change<String> change, @Nullable Personal old) {
            var value = change.on(old == null ? null : old.clear());
            return value == null ? null : new Personal(userId, value);
        }
    }
}
