package io.llmplatform.command.login;

import io.llmplatform.command.caller.Caller;
import io.llmplatform.command.caller.SystemCommands;
import io.llmplatform.command.login.FailedLogin.RecordFailedLogin;
import io.llmplatform.command.user.Account;
import io.llmplatform.contracts.event.LoginFailed;
import io.llmplatform.contracts.event.Personal;
import io.llmplatform.contracts.id.Ids;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Makes events of failed logins, as far as the budget goes. */
@Component
class FailedLogins {
    private final FailureBudget budget;
    private final SystemCommands commands;
    private final Ids ids;

    FailedLogins(FailureBudget budget, SystemCommands commands, Ids ids) {
        this.budget = budget;
        this.commands = commands;
        this.ids = ids;
    }

    void record(LoginFailed.Reason reason, Optional<Account> account, Caller.Origin origin) {
        if (!budget.spend()) {
            return;
        }
        var attempt = ids.next(Ids.Kind.LOGIN);
        var userId = account.map(Account::id).orElse(null);
        var username =
                account.map(known -> new Personal(known.id(), known.username())).orElse(null);
        // What a stranger says is the reason is not kept.
        var where = new Caller.Origin(origin.requestId(), origin.ip(), origin.userAgent(), null);
        commands.send(
                "login",
                where,
                userId == null ? attempt : userId,
                new RecordFailedLogin(attempt, userId, username, reason));
    }
}
