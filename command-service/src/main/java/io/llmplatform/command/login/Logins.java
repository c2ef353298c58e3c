package io.llmplatform.command.login;

import io.llmplatform.command.caller.Caller;
import io.llmplatform.command.password.PasswordRules;
import io.llmplatform.command.password.Passwords;
import io.llmplatform.command.refusal.NotLoggedIn;
import io.llmplatform.command.refusal.TooBusy;
import io.llmplatform.command.user.Account;
import io.llmplatform.command.user.Accounts;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Checks user name and password. The answer and its time are the same whether the name or the password is wrong. */
@Component
class Logins {
    private static final Logger log = LoggerFactory.getLogger(Logins.class);

    private final Accounts accounts;
    private final Passwords passwords;
    private final PasswordRules rules;
    private final LoginThrottle throttle;

    Logins(Accounts accounts, Passwords passwords, PasswordRules rules, LoginThrottle throttle) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.rules = rules;
        this.throttle = throttle;
    }

    /**
     * @throws NotLoggedIn when it is not an active account with that password
     * @throws io.llmplatform.command.refusal.TooManyAttempts after too many failures from that address
     */
    Account login(String username, String password, Caller.Origin origin) {
        var address = String.valueOf(origin.ip());
        throttle.attempt(username, address);
        Optional<Account> account;
        boolean right;
        try {
            account = accounts.byUsername(username);
            var hash = account.flatMap(found -> accounts.passwordOf(found.id()));
            right = passwords.matches(password, hash.orElse(null));
        } catch (DataAccessException | TooBusy e) {
            throttle.undecided(username, address);
            throw e;
        }
        if (!right || rules.knownToEverybody(password)) {
            throw new NotLoggedIn("wrong user name or password");
        }
        throttle.succeeded(username, address);
        return account.filter(Account::active).orElseThrow(() -> {
            log.info("login of a disabled account refused");
            return new NotLoggedIn("wrong user name or password");
        });
    }
}
