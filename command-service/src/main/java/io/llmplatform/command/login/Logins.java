package io.llmplatform.command.login;

import io.llmplatform.command.caller.Caller;
import io.llmplatform.command.password.PasswordHash;
import io.llmplatform.command.password.PasswordRules;
import io.llmplatform.command.password.Passwords;
import io.llmplatform.command.refusal.NotLoggedIn;
import io.llmplatform.command.refusal.TooBusy;
import io.llmplatform.command.refusal.TooManyAttempts;
import io.llmplatform.command.user.Account;
import io.llmplatform.command.user.Accounts;
import io.llmplatform.contracts.event.LoginFailed;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Checks user name, password and, where there is a second factor, its code. The answer and its time are the same whether the name or the password is wrong. */
@Component
class Logins {
    private final Accounts accounts;
    private final Passwords passwords;
    private final PasswordRules rules;
    private final LoginThrottle throttle;
    private final FailedLogins failures;
    private final CodeCheck codes;

    Logins(
            Accounts accounts,
            Passwords passwords,
            PasswordRules rules,
            LoginThrottle throttle,
            FailedLogins failures,
            CodeCheck codes) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.rules = rules;
        this.throttle = throttle;
        this.failures = failures;
        this.codes = codes;
    }

    /**
     * @param code of the second factor, where the account has one
     * @throws NotLoggedIn when it is not an active account with that password and code; a missing code is told only to
     *                     who knows the password
     * @throws TooManyAttempts after too many failures
     */
    Checked login(String username, String password, @Nullable String code, Caller.Origin origin) {
        var account = accounts.byUsername(username);
        var hash = account.flatMap(found -> accounts.passwordOf(found.id()));
        var attempt = throttle.attempt(username, account.map(Account::id).orElse(null), String.valueOf(origin.ip()));
        boolean right = matches(password, hash, attempt);
        var wrong = wrong(account, right, password);
        if (wrong.isPresent()) {
            failures.record(wrong.get(), account, origin);
            throw new NotLoggedIn("wrong user name or password");
        }
        requireCode(account.orElseThrow(), code, attempt, origin);
        attempt.succeeded();
        return new Checked(account.orElseThrow(), hash.orElseThrow());
    }

    /**
     * The failures before stay counted until the code is right too: else who knows the password could have them
     * forgotten between two guesses.
     */
    private void requireCode(
            Account account, @Nullable String code, LoginThrottle.Attempt attempt, Caller.Origin origin) {
        LoginFailed.@Nullable Reason wrong;
        try {
            if (!codes.areNeededBy(account.id())) {
                return;
            }
            if (code == null) {
                attempt.undecided();
                throw new NotLoggedIn("second-factor-needed", "send the code of the second factor too");
            }
            wrong = switch (codes.check(account, code, origin)) {
                case APP, RECOVERY -> null;
                case WRONG -> LoginFailed.Reason.WRONG_CODE;
                case REPLAYED -> LoginFailed.Reason.REPLAYED_CODE;
            };
        } catch (DataAccessException | TooManyAttempts e) {
            attempt.undecided();
            throw e;
        }
        if (wrong != null) {
            failures.record(wrong, Optional.of(account), origin);
            throw new NotLoggedIn("second-factor-refused", "the code is wrong, too old or used already");
        }
    }

    private boolean matches(String password, Optional<PasswordHash> hash, LoginThrottle.Attempt attempt) {
        try {
            return passwords.matches(password, hash.orElse(null));
        } catch (DataAccessException | TooBusy e) {
            attempt.undecided();
            throw e;
        }
    }

    private Optional<LoginFailed.Reason> wrong(Optional<Account> account, boolean right, String password) {
        if (account.isEmpty()) {
            return Optional.of(LoginFailed.Reason.UNKNOWN_USER);
        }
        if (!right) {
            return Optional.of(LoginFailed.Reason.WRONG_PASSWORD);
        }
        if (rules.knownToEverybody(password)) {
            return Optional.of(LoginFailed.Reason.DEMO_PASSWORD);
        }
        return account.get().active() ? Optional.empty() : Optional.of(LoginFailed.Reason.USER_DISABLED);
    }

    /** @param password the hash it was checked against; null where a provider has checked who it is */
    record Checked(Account account, @Nullable PasswordHash password) {}
}
