package io.llmplatform.command.login;

import io.llmplatform.command.caller.Caller;
import io.llmplatform.command.caller.SystemCommands;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.command.sso.Identity;
import io.llmplatform.command.sso.IdentityLinks;
import io.llmplatform.command.user.Account;
import io.llmplatform.command.user.Accounts;
import io.llmplatform.command.user.UserCommand.AdmitUser;
import io.llmplatform.command.user.UserCommand.Edit;
import io.llmplatform.command.user.UserCommand.EditUser;
import io.llmplatform.contracts.event.LoginFailed;
import io.llmplatform.contracts.event.Personal;
import io.llmplatform.contracts.event.UserEvent.Details;
import io.llmplatform.contracts.http.Role;
import io.llmplatform.contracts.id.Ids;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Turns a person of the provider into an account: the linked one, or a new one. An account that merely has the same name
 * is never taken over; an administrator can link it.
 */
@Component
class SsoLogins {
    static final String ACTOR = "sso";
    private static final Logger log = LoggerFactory.getLogger(SsoLogins.class);
    private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{1,63}");

    private final IdentityLinks links;
    private final Accounts accounts;
    private final SystemCommands commands;
    private final FailedLogins failures;
    private final Ids ids;

    SsoLogins(IdentityLinks links, Accounts accounts, SystemCommands commands, FailedLogins failures, Ids ids) {
        this.links = links;
        this.accounts = accounts;
        this.commands = commands;
        this.failures = failures;
        this.ids = ids;
    }

    /**
     * @param mapsRoles whether the provider decides on roles also later on
     * @throws Refused when the person may not come in; recorded
     */
    Logins.Checked login(Identity identity, boolean mapsRoles, Caller.Origin origin) {
        var linked = linked(identity);
        if (linked.isPresent() && !linked.get().active()) {
            throw refused("disabled", LoginFailed.Reason.USER_DISABLED, linked, origin);
        }
        var role =
                identity.role().orElseThrow(() -> refused("no-role", LoginFailed.Reason.SSO_NO_ROLE, linked, origin));
        var account = linked.orElseGet(() -> admit(identity, role, origin));
        if (mapsRoles && account.role() != role) {
            account = inRole(account, role, origin);
        }
        return new Logins.Checked(account, null);
    }

    /** Somebody came back with what is not the proof of a login. */
    Refused notProven(Caller.Origin origin) {
        return refused("refused", LoginFailed.Reason.SSO_REFUSED, Optional.empty(), origin);
    }

    private Optional<Account> linked(Identity identity) {
        return links.userOf(identity.issuer(), identity.subject()).flatMap(accounts::byId);
    }

    private Account admit(Identity identity, Role role, Caller.Origin origin) {
        var id = ids.next(Ids.Kind.USER);
        var username = identity.username()
                .filter(name -> USERNAME.matcher(name).matches())
                .orElseThrow(() -> nameTaken(origin));
        var details = new Details(
                personal(id, identity.email()), personal(id, identity.displayName()), role, null, null, null);
        try {
            commands.send(
                    ACTOR, origin, id, new AdmitUser(id, username, details, identity.issuer(), identity.subject()));
        } catch (Refusal.NameTaken | Refusal.Conflict e) {
            // In another tab the same person may have been faster.
            return linked(identity).filter(Account::active).orElseThrow(() -> nameTaken(origin));
        }
        return accounts.byId(id).orElseThrow();
    }

    /** The last administrator stays one: they must be able to mend what the provider says. */
    private Account inRole(Account account, Role role, Caller.Origin origin) {
        try {
            commands.send(ACTOR, origin, account.id(), new EditUser(account.id(), null, ACTOR, Edit.role(role)));
            return accounts.byId(account.id()).orElseThrow();
        } catch (Refusal.Conflict e) {
            log.warn("{} keeps the role {}: {}", account.id(), account.role().wire(), e.detail());
            return account;
        }
    }

    private Refused nameTaken(Caller.Origin origin) {
        return refused("name-taken", LoginFailed.Reason.SSO_NAME_TAKEN, Optional.empty(), origin);
    }

    private Refused refused(String code, LoginFailed.Reason reason, Optional<Account> account, Caller.Origin origin) {
        failures.record(reason, account, origin);
        return new Refused(code);
    }

    private static @Nullable Personal personal(String id, @Nullable String value) {
        return value == null ? null : new Personal(id, value);
    }

    /** Its code tells the login page what to say. */
    static final class Refused extends RuntimeException {
        private final String code;

        private Refused(String code) {
            super(code, null, false, false);
            this.code = code;
        }

        String code() {
            return code;
        }
    }
}
