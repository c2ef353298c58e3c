package io.llmplatform.command.user;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import io.llmplatform.command.change.Change;
import io.llmplatform.command.change.ExpectedVersion;
import io.llmplatform.command.claim.NameClaims;
import io.llmplatform.command.eventstore.Snapshots;
import io.llmplatform.command.invitation.Invitations;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.command.secondfactor.SecondFactors;
import io.llmplatform.command.session.Sessions;
import io.llmplatform.command.sso.IdentityLinks;
import io.llmplatform.command.user.UserCommand.AcceptInvitation;
import io.llmplatform.command.user.UserCommand.AdmitUser;
import io.llmplatform.command.user.UserCommand.ChangePassword;
import io.llmplatform.command.user.UserCommand.CreateUser;
import io.llmplatform.command.user.UserCommand.DisableUser;
import io.llmplatform.command.user.UserCommand.Edit;
import io.llmplatform.command.user.UserCommand.EditUser;
import io.llmplatform.command.user.UserCommand.EnableUser;
import io.llmplatform.command.user.UserCommand.EnrolSecondFactor;
import io.llmplatform.command.user.UserCommand.Invitation;
import io.llmplatform.command.user.UserCommand.InviteUser;
import io.llmplatform.command.user.UserCommand.JoinTeam;
import io.llmplatform.command.user.UserCommand.LeaveTeam;
import io.llmplatform.command.user.UserCommand.LinkIdentity;
import io.llmplatform.command.user.UserCommand.RemoveSecondFactor;
import io.llmplatform.command.user.UserCommand.UnlinkIdentity;
import io.llmplatform.command.user.UserCommand.UseRecoveryCode;
import io.llmplatform.contracts.event.Personal;
import io.llmplatform.contracts.event.SessionEvent;
import io.llmplatform.contracts.event.UserEvent.Details;
import io.llmplatform.contracts.event.UserEvent.IdentityLinked;
import io.llmplatform.contracts.event.UserEvent.IdentityUnlinked;
import io.llmplatform.contracts.event.UserEvent.InvitationAccepted;
import io.llmplatform.contracts.event.UserEvent.RecoveryCodeUsed;
import io.llmplatform.contracts.event.UserEvent.SecondFactorEnrolled;
import io.llmplatform.contracts.event.UserEvent.SecondFactorRemoved;
import io.llmplatform.contracts.event.UserEvent.UserCreated;
import io.llmplatform.contracts.event.UserEvent.UserDisabled;
import io.llmplatform.contracts.event.UserEvent.UserEdited;
import io.llmplatform.contracts.event.UserEvent.UserEnabled;
import io.llmplatform.contracts.event.UserEvent.UserInvited;
import io.llmplatform.contracts.event.UserEvent.UserPasswordChanged;
import io.llmplatform.contracts.http.Role;
import java.time.Clock;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * An account. Nobody takes away their own access, nor two administrators each other's at the same time: there is always
 * one who can give it back.
 */
@Aggregate(type = "user", snapshotTriggerDefinition = Snapshots.AFTER_MANY_EVENTS)
class User {
    @AggregateIdentifier
    private @Nullable String id;

    private Details details = new Details(null, null, Role.MEMBER, null, null, null);
    private boolean active;
    private boolean secondFactor;
    private boolean linked;

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    long handle(CreateUser command, NameClaims claims, Accounts accounts, Invitations invitations) {
        var details = command.details();
        requireTeam(details.teamId(), claims);
        claims.claim(NameClaims.Kind.USER, command.username(), command.userId());
        accounts.add(account(command.userId(), command.username(), details), command.password(), details.teamId());
        apply(new UserCreated(command.userId(), new Personal(command.userId(), command.username()), details));
        if (command.invitation() != null) {
            invite(command.userId(), command.invitation(), invitations);
        }
        return getVersion();
    }

    @CommandHandler
    long handle(EditUser command, NameClaims claims, Accounts accounts) {
        ExpectedVersion.check(command.expectedVersion());
        var after = command.edit().on(command.userId(), details);
        if (after.equals(details)) {
            return getVersion();
        }
        if (after.role() != details.role() && command.by().equals(command.userId())) {
            throw new Refusal.Conflict("nobody can change their own role");
        }
        requireTeam(after.teamId(), claims);
        if (after.role() != Role.ADMIN) {
            keepAnAdministrator(command.userId(), accounts);
        }
        accounts.edit(command.userId(), after);
        apply(new UserEdited(command.userId(), details, after));
        return getVersion();
    }

    /** Who is in another team leaves it first: nobody is moved by accident. */
    @CommandHandler
    long handle(JoinTeam command, Accounts accounts) {
        if (command.teamId().equals(details.teamId())) {
            return getVersion();
        }
        if (details.teamId() != null) {
            throw new Refusal.Conflict("the user is a member of another team");
        }
        return changeTeam(command.userId(), Change.to(command.teamId()), accounts);
    }

    @CommandHandler
    long handle(LeaveTeam command, Accounts accounts) {
        if (!command.teamId().equals(details.teamId())) {
            throw new Refusal.NotFound("member of this team", command.userId());
        }
        return changeTeam(command.userId(), new Change.Clear<>(), accounts);
    }

    private long changeTeam(String userId, Change<String> teamId, Accounts accounts) {
        var after = Edit.team(teamId).on(userId, details);
        accounts.edit(userId, after);
        apply(new UserEdited(userId, details, after));
        return getVersion();
    }

    @CommandHandler
    long handle(DisableUser command, Accounts accounts, Sessions sessions, Invitations invitations) {
        ExpectedVersion.check(command.expectedVersion());
        if (command.by().equals(command.userId())) {
            throw new Refusal.Conflict("nobody can disable themselves");
        }
        if (active) {
            keepAnAdministrator(command.userId(), accounts);
            accounts.setActive(command.userId(), false);
            invitations.close(command.userId());
            apply(new UserDisabled(command.userId()));
            sessions.closeAllOf(command.userId(), SessionEvent.Reason.USER_DISABLED, null);
        }
        return getVersion();
    }

    @CommandHandler
    long handle(EnableUser command, Accounts accounts) {
        ExpectedVersion.check(command.expectedVersion());
        if (!active) {
            accounts.setActive(command.userId(), true);
            apply(new UserEnabled(command.userId()));
        }
        return getVersion();
    }

    @CommandHandler
    long handle(ChangePassword command, Accounts accounts, Sessions sessions, Invitations invitations) {
        ExpectedVersion.check(command.expectedVersion());
        invitations.close(command.userId());
        accounts.setPassword(command.userId(), command.password());
        apply(new UserPasswordChanged(command.userId()));
        sessions.closeAllOf(command.userId(), SessionEvent.Reason.PASSWORD_CHANGED, command.keptSession());
        return getVersion();
    }

    @CommandHandler
    long handle(InviteUser command, Invitations invitations) {
        ExpectedVersion.check(command.expectedVersion());
        if (!active) {
            throw new Refusal.Conflict("the user is disabled; enable them first");
        }
        invite(command.userId(), command.invitation(), invitations);
        return getVersion();
    }

    /** @throws Refusal.Conflict when the link is not, or no longer, the one in force */
    @CommandHandler
    long handle(AcceptInvitation command, Accounts accounts, Sessions sessions, Invitations invitations, Clock clock) {
        if (!active || !invitations.use(command.userId(), command.tokenHash(), clock.instant())) {
            throw new Refusal.Conflict("the invitation is not in force any more");
        }
        accounts.setPassword(command.userId(), command.password());
        apply(new InvitationAccepted(command.userId()));
        sessions.closeAllOf(command.userId(), SessionEvent.Reason.PASSWORD_CHANGED, null);
        return getVersion();
    }

    @CommandHandler
    long handle(EnrolSecondFactor command, SecondFactors factors, Clock clock) {
        if (secondFactor) {
            throw new Refusal.Conflict("there is a second factor already; remove it first");
        }
        if (!factors.confirm(
                command.userId(), command.secret(), command.step(), command.recoveryCodes(), clock.instant())) {
            throw new Refusal.Conflict("the enrolment was begun anew meanwhile; use the newer secret");
        }
        apply(new SecondFactorEnrolled(command.userId()));
        return getVersion();
    }

    @CommandHandler
    long handle(RemoveSecondFactor command, SecondFactors factors) {
        ExpectedVersion.check(command.expectedVersion());
        if (secondFactor) {
            factors.remove(command.userId());
            apply(new SecondFactorRemoved(command.userId(), command.by()));
        }
        return getVersion();
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    long handle(AdmitUser command, NameClaims claims, Accounts accounts, IdentityLinks links) {
        var details = command.details();
        claims.claim(NameClaims.Kind.USER, command.username(), command.userId());
        accounts.add(account(command.userId(), command.username(), details), null, details.teamId());
        apply(new UserCreated(command.userId(), new Personal(command.userId(), command.username()), details));
        link(command.userId(), command.issuer(), command.subject(), links);
        return getVersion();
    }

    @CommandHandler
    long handle(LinkIdentity command, IdentityLinks links) {
        ExpectedVersion.check(command.expectedVersion());
        if (!links.userOf(command.issuer(), command.subject())
                .filter(command.userId()::equals)
                .isPresent()) {
            link(command.userId(), command.issuer(), command.subject(), links);
        }
        return getVersion();
    }

    /** Nobody comes in by the provider as this account any more; a password stays. */
    @CommandHandler
    long handle(UnlinkIdentity command, IdentityLinks links) {
        ExpectedVersion.check(command.expectedVersion());
        if (linked) {
            links.unlink(command.userId());
            apply(new IdentityUnlinked(command.userId()));
        }
        return getVersion();
    }

    private static void link(String userId, String issuer, String subject, IdentityLinks links) {
        if (!links.link(userId, issuer, subject)) {
            throw new Refusal.Conflict("the account or the person of the provider is linked already");
        }
        apply(new IdentityLinked(userId, issuer, new Personal(userId, subject)));
    }

    /** @throws Refusal.Conflict when it was used before */
    @CommandHandler
    long handle(UseRecoveryCode command, SecondFactors factors) {
        if (!factors.useRecoveryCode(command.userId(), command.hash())) {
            throw new Refusal.Conflict("the recovery code was used already");
        }
        apply(new RecoveryCodeUsed(command.userId(), factors.recoveryCodesLeft(command.userId())));
        return getVersion();
    }

    private static void invite(String userId, Invitation invitation, Invitations invitations) {
        invitations.open(userId, invitation.tokenHash(), invitation.expiresAt());
        apply(new UserInvited(userId, invitation.expiresAt()));
    }

    @EventSourcingHandler
    void on(UserCreated event) {
        id = event.userId();
        details = event.details();
        active = true;
    }

    @EventSourcingHandler
    void on(UserEdited event) {
        details = event.after();
    }

    @EventSourcingHandler
    void on(UserDisabled event) {
        active = false;
    }

    @EventSourcingHandler
    void on(UserEnabled event) {
        active = true;
    }

    @EventSourcingHandler
    void on(SecondFactorEnrolled event) {
        secondFactor = true;
    }

    @EventSourcingHandler
    void on(SecondFactorRemoved event) {
        secondFactor = false;
    }

    @EventSourcingHandler
    void on(IdentityLinked event) {
        linked = true;
    }

    @EventSourcingHandler
    void on(IdentityUnlinked event) {
        linked = false;
    }

    /** Called before this account stops being an administrator, if it is one. */
    private void keepAnAdministrator(String userId, Accounts accounts) {
        if (active && details.role() == Role.ADMIN && !accounts.lockAdministratorsBeside(userId)) {
            throw new Refusal.Conflict("no other active administrator would be left");
        }
    }

    private static void requireTeam(@Nullable String teamId, NameClaims claims) {
        if (teamId != null && !claims.isOwner(NameClaims.Kind.TEAM, teamId)) {
            throw new Refusal.UnknownReference("team_id", "no such team");
        }
    }

    private static Account account(String userId, String username, Details details) {
        return new Account(
                userId, username, clear(details.email()), clear(details.displayName()), details.role(), true);
    }

    private static @Nullable String clear(@Nullable Personal personal) {
        return personal == null ? null : personal.clear();
    }
}
