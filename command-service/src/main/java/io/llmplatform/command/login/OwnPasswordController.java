package io.llmplatform.command.login;

import io.llmplatform.command.caller.Caller;
import io.llmplatform.command.http.Commands;
import io.llmplatform.command.http.Commands.Written;
import io.llmplatform.command.http.FieldErrors;
import io.llmplatform.command.password.PasswordRules;
import io.llmplatform.command.password.Passwords;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.command.user.Accounts;
import io.llmplatform.command.user.UserCommand.ChangePassword;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The current person's password. Changing it ends their other sessions. */
@RestController
class OwnPasswordController {
    private final Accounts accounts;
    private final Passwords passwords;
    private final PasswordRules rules;
    private final LoginThrottle throttle;
    private final Commands commands;

    OwnPasswordController(
            Accounts accounts, Passwords passwords, PasswordRules rules, LoginThrottle throttle, Commands commands) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.rules = rules;
        this.throttle = throttle;
        this.commands = commands;
    }

    @PostMapping("/api/admin/v1/auth/password")
    ResponseEntity<Written> change(Caller caller, @RequestBody ChangeOwnPassword body) {
        new FieldErrors()
                .check(
                        body.currentPassword != null && body.currentPassword.length() <= PasswordRules.LONGEST,
                        "current_password",
                        "expected up to " + PasswordRules.LONGEST + " characters")
                .present("new_password", body.newPassword)
                .throwIfAny();
        var next = Objects.requireNonNull(body.newPassword);
        rules.problem(next, caller.username()).ifPresent(problem -> {
            throw new Refusal.Invalid("new_password", problem);
        });
        // The same throttle as for logins: a stolen token must not become a way to guess the password.
        var attempt = throttle.attempt(
                caller.username(),
                caller.userId(),
                String.valueOf(caller.origin().ip()));
        if (!passwords.matches(
                Objects.requireNonNull(body.currentPassword),
                accounts.passwordOf(caller.userId()).orElse(null))) {
            throw new Refusal.Invalid("current_password", "is wrong");
        }
        attempt.succeeded();
        return commands.change(
                caller,
                caller.userId(),
                new ChangePassword(caller.userId(), null, passwords.hash(next), caller.sessionId()));
    }

    record ChangeOwnPassword(
            @Nullable String currentPassword, @Nullable String newPassword) {
        @Override
        public String toString() {
            return "ChangeOwnPassword[…]";
        }
    }
}
