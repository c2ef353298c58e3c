package io.llmplatform.command.user;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import io.llmplatform.command.change.ExpectedVersion;
import io.llmplatform.command.claim.NameClaims;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.command.session.Sessions;
import io.llmplatform.command.user.UserCommand.ChangePassword;
import io.llmplatform.command.user.UserCommand.CreateUser;
import io.llmplatform.command.user.UserCommand.DisableUser;
import io.llmplatform.command.user.UserCommand.EditUser;
import io.llmplatform.command.user.UserCommand.EnableUser;
import io.llmplatform.contracts.event.Personal;
import io.llmplatform.contracts.event.SessionEvent;
import io.llmplatform.contracts.event.UserEvent.Details;
import io.llmplatform.contracts.event.UserEvent.UserCreated;
import io.llmplatform.contracts.event.UserEvent.UserDisabled;
import io.llmplatform.contracts.event.UserEvent.UserEdited;
import io.llmplatform.contracts.event.UserEvent.UserEnabled;
import io.llmplatform.contracts.event.UserEvent.UserPasswordChanged;
import io.llmplatform.contracts.http.Role;
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
@Aggregate(type = "user")
class User {
    @AggregateIdentifier
    private @Nullable String id;

    private Details details = new Details(null, null, Role.MEMBER, null, null, null);
    private boolean active;

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    long handle(CreateUser command, NameClaims claims, Accounts accounts) {
        var details = command.details();
        requireTeam(details.teamId(), claims);
        claims.claim(NameClaims.Kind.USER, command.username(), command.userId());
        accounts.add(
                new Account(
                        command.userId(),
                        command.username(),
                        clear(details.email()),
                        clear(details.displayName()),
                        details.role(),
                        true),
                command.password());
        apply(new UserCreated(command.userId(), new Personal(command.userId(), command.username()), details));
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

    @CommandHandler
    long handle(DisableUser command, Accounts accounts, Sessions sessions) {
        ExpectedVersion.check(command.expectedVersion());
        if (command.by().equals(command.userId())) {
            throw new Refusal.Conflict("nobody can disable themselves");
        }
        if (active) {
            keepAnAdministrator(command.userId(), accounts);
            accounts.setActive(command.userId(), false);
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
    long handle(ChangePassword command, Accounts accounts, Sessions sessions) {
        ExpectedVersion.check(command.expectedVersion());
        accounts.setPassword(command.userId(), command.password());
        apply(new UserPasswordChanged(command.userId()));
        sessions.closeAllOf(command.userId(), SessionEvent.Reason.PASSWORD_CHANGED, command.keptSession());
        return getVersion();
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

    private static @Nullable String clear(@Nullable Personal personal) {
        return personal == null ? null : personal.clear();
    }
}
