package io.llmplatform.command.sso;

import io.llmplatform.contracts.http.Role;
import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * What {@code OIDC_…} say.
 *
 * @param name        on the button of the login page
 * @param redirectUrl of this platform's callback, as it is registered with the provider
 * @param roleClaim   a claim with one name or a list of them; dots lead into objects
 * @param roleMap     by name; of several that a person has, the first of the map counts. Empty: roles are given here
 * @param defaultRole for who has none of them; null refuses
 * @param plainHttp   whether the provider may be asked without TLS; in demo mode only
 */
public record SsoSettings(
        URI issuer,
        String clientId,
        String clientSecret,
        URI redirectUrl,
        String scopes,
        String name,
        String roleClaim,
        Map<String, Role> roleMap,
        @Nullable Role defaultRole,
        boolean plainHttp) {

    /**
     * Nothing when {@code OIDC_ISSUER} is not set.
     *
     * @throws IllegalStateException naming the variable that is missing or wrong, never a secret
     */
    static Optional<SsoSettings> from(Environment environment, boolean demo) {
        var issuer = environment.getProperty("OIDC_ISSUER", "").strip();
        if (issuer.isEmpty()) {
            return Optional.empty();
        }
        var redirectUrl = url("OIDC_REDIRECT_URL", required(environment, "OIDC_REDIRECT_URL"), demo);
        return Optional.of(new SsoSettings(
                url("OIDC_ISSUER", issuer, demo),
                required(environment, "OIDC_CLIENT_ID"),
                required(environment, "OIDC_CLIENT_SECRET"),
                redirectUrl,
                scopes(text(environment, "OIDC_SCOPES", "openid profile email")),
                text(environment, "OIDC_NAME", "Single sign-on"),
                text(environment, "OIDC_ROLE_CLAIM", "groups"),
                roleMap(environment.getProperty("OIDC_ROLE_MAP", "")),
                defaultRole(text(environment, "OIDC_DEFAULT_ROLE", "member")),
                demo));
    }

    /** Nothing for somebody who may not come in. */
    Optional<Role> role(Collection<String> names) {
        return roleMap.entrySet().stream()
                .filter(entry -> names.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .or(() -> Optional.ofNullable(defaultRole));
    }

    private static Map<String, Role> roleMap(String text) {
        var map = new LinkedHashMap<String, Role>();
        for (var pair : text.isBlank() ? List.<String>of() : List.of(text.split(",", -1))) {
            // The last sign of equality: names of groups may be distinguished names of a directory.
            int at = pair.lastIndexOf('=');
            if (at < 1) {
                throw new IllegalStateException("OIDC_ROLE_MAP: '" + pair + "'; expected group=role,group=role");
            }
            map.put(pair.substring(0, at).strip(), role("OIDC_ROLE_MAP", pair.substring(at + 1)));
        }
        return map;
    }

    private static @Nullable Role defaultRole(String text) {
        return text.equals("none") ? null : role("OIDC_DEFAULT_ROLE", text);
    }

    private static Role role(String variable, String text) {
        try {
            return Role.of(text.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(variable + ": '" + text + "' is no role", e);
        }
    }

    private static String scopes(String text) {
        if (!List.of(text.split(" ", -1)).contains("openid")) {
            throw new IllegalStateException("OIDC_SCOPES is '" + text + "'; expected openid among them");
        }
        return text;
    }

    private static URI url(String variable, String text, boolean plainHttp) {
        try {
            var url = URI.create(text);
            if (url.getHost() != null
                    && url.getUserInfo() == null
                    && url.getFragment() == null
                    && ("https".equals(url.getScheme()) || plainHttp && "http".equals(url.getScheme()))) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(variable + " is '" + text + "'; expected a URL", e);
        }
        throw new IllegalStateException(variable + " is '" + text + "'; expected https://host/…");
    }

    private static String required(Environment environment, String variable) {
        var value = environment.getProperty(variable, "").strip();
        if (value.isEmpty()) {
            throw new IllegalStateException(variable + " is not set; single sign-on with OIDC_ISSUER needs it");
        }
        return value;
    }

    private static String text(Environment environment, String variable, String fallback) {
        var value = environment.getProperty(variable, "").strip();
        return value.isEmpty() ? fallback : value;
    }

    @Override
    public String toString() {
        return "SsoSettings[" + issuer + "]";
    }
}
