package io.llmplatform.command.login;

import io.llmplatform.command.caller.Caller;
import io.llmplatform.command.http.Commands;
import io.llmplatform.command.http.Commands.Written;
import io.llmplatform.command.http.FieldErrors;
import io.llmplatform.command.password.PasswordRules;
import io.llmplatform.command.password.Passwords;
import io.llmplatform.command.refusal.Refusal;
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
    private final OwnPassword own;
    private final Passwords passwords;
    private final PasswordRules rules;
    private final Commands commands;

    OwnPasswordController(OwnPassword own, Passwords passwords, PasswordRules rules, Commands commands) {
        this.own = own;
        this.passwords = passwords;
        this.rules = rules;
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
        own.require(caller, "current_password", body.currentPassword);
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
