package io.llmplatform.command.login;

import io.llmplatform.command.caller.Caller;
import io.llmplatform.command.http.Commands;
import io.llmplatform.command.http.Commands.Written;
import io.llmplatform.command.http.FieldErrors;
import io.llmplatform.command.http.OriginFilter;
import io.llmplatform.command.password.PasswordRules;
import io.llmplatform.command.password.Passwords;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.command.token.AccessTokenMint;
import io.llmplatform.command.user.Account;
import io.llmplatform.command.user.Accounts;
import io.llmplatform.command.user.UserCommand.ChangePassword;
import io.llmplatform.contracts.http.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code auth/*} of the management API. */
@RestController
@RequestMapping("/api/admin/v1/auth")
class AuthController {
    private final Logins logins;
    private final LoginThrottle throttle;
    private final Accounts accounts;
    private final Passwords passwords;
    private final PasswordRules rules;
    private final AccessTokenMint tokens;
    private final Commands commands;

    AuthController(
            Logins logins,
            LoginThrottle throttle,
            Accounts accounts,
            Passwords passwords,
            PasswordRules rules,
            AccessTokenMint tokens,
            Commands commands) {
        this.logins = logins;
        this.throttle = throttle;
        this.accounts = accounts;
        this.passwords = passwords;
        this.rules = rules;
        this.tokens = tokens;
        this.commands = commands;
    }

    @PostMapping("/login")
    LoginResponse login(@RequestBody LoginRequest body, HttpServletRequest request) {
        new FieldErrors()
                .required("username", body.username, 0, 64)
                .check(
                        body.password != null && body.password.length() <= PasswordRules.LONGEST,
                        "password",
                        "expected up to " + PasswordRules.LONGEST + " characters")
                .throwIfAny();
        var account = logins.login(
                Objects.requireNonNull(body.username),
                Objects.requireNonNull(body.password),
                OriginFilter.origin(request));
        return new LoginResponse(
                tokens.mint(account.id(), account.username(), account.role()),
                "Bearer",
                tokens.lifetime().toSeconds(),
                CurrentUser.of(account));
    }

    @GetMapping("/me")
    CurrentUser me(Caller caller) {
        return accounts.byId(caller.userId())
                .map(CurrentUser::of)
                .orElseThrow(() -> new Refusal.NotFound("user", caller.userId()));
    }

    @PostMapping("/password")
    ResponseEntity<Written> changeOwnPassword(Caller caller, @RequestBody ChangeOwnPassword body) {
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
        var address = String.valueOf(caller.origin().ip());
        throttle.attempt(caller.username(), address);
        if (!passwords.matches(
                Objects.requireNonNull(body.currentPassword),
                accounts.passwordOf(caller.userId()).orElse(null))) {
            throw new Refusal.Invalid("current_password", "is wrong");
        }
        throttle.succeeded(caller.username(), address);
        return commands.change(
                caller, caller.userId(), new ChangePassword(caller.userId(), null, passwords.hash(next)));
    }

    record LoginRequest(@Nullable String username, @Nullable String password) {
        @Override
        public String toString() {
            return "LoginRequest[" + username + "]";
        }
    }

    record LoginResponse(String accessToken, String tokenType, long expiresIn, CurrentUser user) {
        @Override
        public String toString() {
            return "LoginResponse[" + user.id + "]";
        }
    }

    record CurrentUser(
            String id,
            String username,
            @Nullable String displayName,
            @Nullable String email,
            Role role) {
        static CurrentUser of(Account account) {
            return new CurrentUser(
                    account.id(), account.username(), account.displayName(), account.email(), account.role());
        }
    }

    record ChangeOwnPassword(
            @Nullable String currentPassword, @Nullable String newPassword) {
        @Override
        public String toString() {
            return "ChangeOwnPassword[…]";
        }
    }
}
