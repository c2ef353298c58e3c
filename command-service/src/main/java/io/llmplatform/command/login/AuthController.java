package io.llmplatform.command.login;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.llmplatform.command.caller.Caller;
import io.llmplatform.command.http.Commands;
import io.llmplatform.command.http.Commands.Written;
import io.llmplatform.command.http.FieldErrors;
import io.llmplatform.command.http.OriginFilter;
import io.llmplatform.command.password.PasswordRules;
import io.llmplatform.command.refusal.NotLoggedIn;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.command.session.RefreshToken;
import io.llmplatform.command.session.SessionCommand.CloseSession;
import io.llmplatform.command.user.Account;
import io.llmplatform.command.user.Accounts;
import io.llmplatform.contracts.event.SessionEvent.Reason;
import io.llmplatform.contracts.http.Role;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Logging in, staying logged in, logging out. */
@RestController
@RequestMapping("/api/admin/v1/auth")
class AuthController {
    private final Logins logins;
    private final Grants grants;
    private final Accounts accounts;
    private final Commands commands;

    AuthController(Logins logins, Grants grants, Accounts accounts, Commands commands) {
        this.logins = logins;
        this.grants = grants;
        this.accounts = accounts;
        this.commands = commands;
    }

    @PostMapping("/login")
    LoginResponse login(@RequestBody LoginRequest body, HttpServletRequest request, HttpServletResponse response) {
        new FieldErrors()
                .required("username", body.username, 0, 64)
                .check(
                        body.password != null && body.password.length() <= PasswordRules.LONGEST,
                        "password",
                        "expected up to " + PasswordRules.LONGEST + " characters")
                .optional("code", body.code, 1, SecondFactorController.LONGEST_CODE)
                .throwIfAny();
        var origin = OriginFilter.origin(request);
        var checked = logins.login(
                Objects.requireNonNull(body.username), Objects.requireNonNull(body.password), body.code, origin);
        var grant = grants.open(checked, origin);
        return body.refreshTokenIn == Place.BODY
                ? LoginResponse.withRefreshToken(grant)
                : inCookie(grant, request, response);
    }

    @PostMapping("/refresh")
    LoginResponse refresh(
            @RequestBody(required = false) @Nullable RefreshRequest body,
            @CookieValue(name = RefreshCookie.NAME, required = false) @Nullable String cookie,
            HttpServletRequest request,
            HttpServletResponse response) {
        var origin = OriginFilter.origin(request);
        if (body != null && body.refreshToken != null) {
            return LoginResponse.withRefreshToken(grants.refresh(RefreshToken.of(body.refreshToken), origin));
        }
        if (cookie == null) {
            throw new NotLoggedIn("a refresh token is needed, in the body or as the cookie of a login");
        }
        try {
            return inCookie(grants.refresh(RefreshToken.of(cookie), origin), request, response);
        } catch (NotLoggedIn e) {
            RefreshCookie.clear(request, response);
            throw e;
        }
    }

    @PostMapping("/logout")
    ResponseEntity<Written> logout(Caller caller, HttpServletRequest request, HttpServletResponse response) {
        RefreshCookie.clear(request, response);
        return commands.change(caller, caller.sessionId(), new CloseSession(caller.sessionId(), Reason.LOGOUT));
    }

    @GetMapping("/me")
    CurrentUser me(Caller caller) {
        return accounts.byId(caller.userId())
                .map(CurrentUser::of)
                .orElseThrow(() -> new Refusal.NotFound("user", caller.userId()));
    }

    private static LoginResponse inCookie(
            Grants.Grant grant, HttpServletRequest request, HttpServletResponse response) {
        RefreshCookie.set(grant.refreshToken(), grant.refreshLifetime(), request, response);
        return LoginResponse.of(grant, null);
    }

    /** Where the refresh token goes. */
    enum Place {
        @JsonProperty("cookie")
        COOKIE,
        @JsonProperty("body")
        BODY
    }

    record LoginRequest(
            @Nullable String username,
            @Nullable String password,
            @Nullable String code,
            @Nullable Place refreshTokenIn) {
        @Override
        public String toString() {
            return "LoginRequest[" + username + "]";
        }
    }

    record RefreshRequest(@Nullable String refreshToken) {
        @Override
        public String toString() {
            return "RefreshRequest[…]";
        }
    }

    /** @param refreshExpiresIn seconds until the refresh token must have been used */
    record LoginResponse(
            String accessToken,
            String tokenType,
            long expiresIn,
            CurrentUser user,
            String sessionId,
            @Nullable String refreshToken,
            long refreshExpiresIn) {
        static LoginResponse withRefreshToken(Grants.Grant grant) {
            return of(grant, grant.refreshToken().secret());
        }

        static LoginResponse of(Grants.Grant grant, @Nullable String refreshToken) {
            return new LoginResponse(
                    grant.accessToken(),
                    "Bearer",
                    grant.accessLifetime().toSeconds(),
                    CurrentUser.of(grant.account()),
                    grant.sessionId(),
                    refreshToken,
                    grant.refreshLifetime().toSeconds());
        }

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
}
