package io.llmplatform.command.login;

import io.llmplatform.command.caller.Caller;
import io.llmplatform.command.caller.SystemCommands;
import io.llmplatform.command.login.FailedLogin.RecordFailedLogin;
import io.llmplatform.command.user.Account;
import io.llmplatform.contracts.event.LoginFailed;
import io.llmplatform.contracts.event.Personal;
import io.llmplatform.contracts.id.Ids;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Makes events of failed logins, as far as the budget goes. */
@Component
class FailedLogins {
    private final FailureBudget budget;
    private final SystemCommands commands;
    private final Ids ids;
    private final Clock clock;

    FailedLogins(FailureBudget budget, SystemCommands commands, Ids ids, Clock clock) {
        this.budget = budget;
        this.clock = clock;
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
                userId == null ? strangers() : userId,
                new RecordFailedLogin(attempt, userId, username, reason));
    }

    /** Whom the addresses of people nobody knows are sealed for: all of a month together, which can be forgotten together. */
    private String strangers() {
        return "strangers-" + YearMonth.now(clock.withZone(ZoneOffset.UTC));
    }
}
