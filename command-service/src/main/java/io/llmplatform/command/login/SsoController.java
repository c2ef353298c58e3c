package io.llmplatform.command.login;

import io.llmplatform.command.http.OriginFilter;
import io.llmplatform.command.refusal.NotLoggedIn;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.command.sso.PendingLogin;
import io.llmplatform.command.sso.PendingLogins;
import io.llmplatform.command.sso.SingleSignOn;
import io.llmplatform.command.sso.SsoFailure;
import io.llmplatform.command.sso.SsoProvider;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Logging in at an OpenID provider. A browser comes here itself, so that every end is a page of the console. */
@RestController
@RequestMapping("/api/admin/v1/auth")
class SsoController {
    private static final Logger log = LoggerFactory.getLogger(SsoController.class);
    private static final int LONGEST = 4_000;

    /** Paths of our own only: an address of somebody else's would be an open redirect. */
    private static final Pattern NEXT = Pattern.compile("/(?![/\\\\])[\\x21-\\x7e&&[^\\\\]]{0,500}");

    private final SsoProvider provider;
    private final PendingLogins pendingLogins;
    private final SsoLogins logins;
    private final Grants grants;

    SsoController(SsoProvider provider, PendingLogins pendingLogins, SsoLogins logins, Grants grants) {
        this.provider = provider;
        this.pendingLogins = pendingLogins;
        this.logins = logins;
        this.grants = grants;
    }

    @GetMapping("/methods")
    Methods methods() {
        return new Methods(
                true, provider.configured().map(sso -> new Sso(sso.name())).orElse(null));
    }

    @GetMapping("/oidc/start")
    ResponseEntity<Void> start(
            @RequestParam(required = false) @Nullable String next,
            HttpServletRequest request,
            HttpServletResponse response) {
        var sso = configured();
        var pending = pendingLogins.begin(next != null && NEXT.matcher(next).matches() ? next : "/");
        try {
            var location = sso.begin(pending);
            SsoCookie.set(pendingLogins.seal(pending), PendingLogins.LIFETIME, request, response);
            return to(location);
        } catch (SsoFailure e) {
            log.warn("single sign-on: {}", e.getMessage());
            return to(page("unavailable", pending.next()));
        }
    }

    @GetMapping("/oidc/callback")
    ResponseEntity<Void> callback(
            @RequestParam(required = false) @Nullable String code,
            @RequestParam(required = false) @Nullable String state,
            @CookieValue(name = SsoCookie.NAME, required = false) @Nullable String cookie,
            HttpServletRequest request,
            HttpServletResponse response) {
        var sso = configured();
        var pending = pending(cookie, state);
        var next = pending.map(PendingLogin::next).orElse("/");
        String end;
        try {
            end = finish(sso, pending, code, request, response);
        } catch (SsoFailure e) {
            log.warn("single sign-on: {}", e.getMessage());
            end = e.isOutage()
                    ? "unavailable"
                    : logins.notProven(OriginFilter.origin(request)).code();
        } catch (SsoLogins.Refused e) {
            end = e.code();
        } catch (NotLoggedIn e) {
            end = "disabled"; // in the moment between the check and the session
        }
        SsoCookie.clear(request, response);
        return to(page(end, next));
    }

    private String finish(
            SingleSignOn sso,
            Optional<PendingLogin> pending,
            @Nullable String code,
            HttpServletRequest request,
            HttpServletResponse response) {
        var origin = OriginFilter.origin(request);
        if (pending.isEmpty() || code == null || code.isEmpty() || code.length() > LONGEST) {
            throw logins.notProven(origin);
        }
        var identity = sso.finish(pending.get(), code);
        var grant = grants.open(logins.login(identity, sso.mapsRoles(), origin), origin);
        RefreshCookie.set(grant.refreshToken(), grant.refreshLifetime(), request, response);
        return "done";
    }

    /** Only of the browser that began it. */
    private Optional<PendingLogin> pending(@Nullable String cookie, @Nullable String state) {
        return cookie == null || state == null
                ? Optional.empty()
                : pendingLogins.open(cookie).filter(pending -> pending.isOf(state));
    }

    private SingleSignOn configured() {
        return provider.configured().orElseThrow(() -> new Refusal.NotFound("single sign-on", "OIDC_ISSUER"));
    }

    private static URI page(String end, String next) {
        return URI.create("/login?sso=" + end
                + (next.equals("/") ? "" : "&next=" + URLEncoder.encode(next, StandardCharsets.UTF_8)));
    }

    private static ResponseEntity<Void> to(URI location) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(location)
                .header("Referrer-Policy", "no-referrer")
                .build();
    }

    /** @param singleSignOn absent where there is none */
    record Methods(boolean password, @Nullable Sso singleSignOn) {}

    /** @param name for the button */
    record Sso(String name) {}
}
