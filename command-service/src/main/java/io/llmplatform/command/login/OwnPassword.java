package io.llmplatform.command.login;

import io.llmplatform.command.caller.Caller;
import io.llmplatform.command.password.PasswordRules;
import io.llmplatform.command.password.Passwords;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.command.user.Accounts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Asks who is logged in for their password once more. The same throttle as for logins: a stolen token must not become a
 * way to guess the password.
 */
@Component
class OwnPassword {
    private final Accounts accounts;
    private final Passwords passwords;
    private final LoginThrottle throttle;

    OwnPassword(Accounts accounts, Passwords passwords, LoginThrottle throttle) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.throttle = throttle;
    }

    /**
     * @throws Refusal.Invalid at that field when it is not the current person's password
     * @throws io.llmplatform.command.refusal.TooManyAttempts after too many wrong ones
     */
    void require(Caller caller, String field, @Nullable String password) {
        if (password == null || password.length() > PasswordRules.LONGEST) {
            throw new Refusal.Invalid(field, "expected up to " + PasswordRules.LONGEST + " characters");
        }
        var attempt = throttle.attempt(
                caller.username(),
                caller.userId(),
                String.valueOf(caller.origin().ip()));
        if (!passwords.matches(password, accounts.passwordOf(caller.userId()).orElse(null))) {
            throw new Refusal.Invalid(field, "is wrong");
        }
        attempt.succeeded();
    }
}
