package io.llmplatform.command.sso;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a provider says of itself (OpenID Connect Discovery 1.0). */
record Discovery(
        URI authorization, URI token, URI keys, @Nullable URI userInfo) {
    static URI at(URI issuer) {
        var base = issuer.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base)
                + "/.well-known/openid-configuration");
    }

    /** @throws SsoFailure when it is another issuer's, or leads anywhere without TLS */
    static Discovery of(JsonNode document, SsoSettings settings) {
        var issuer = document.path("issuer").asString("");
        if (!issuer.equals(settings.issuer().toString())) {
            throw SsoFailure.outage("the provider says that its issuer is '" + issuer + "', OIDC_ISSUER is '"
                    + settings.issuer() + "'");
        }
        return new Discovery(
                endpoint(document, "authorization_endpoint", settings),
                endpoint(document, "token_endpoint", settings),
                endpoint(document, "jwks_uri", settings),
                document.has("userinfo_endpoint") ? endpoint(document, "userinfo_endpoint", settings) : null);
    }

    private static URI endpoint(JsonNode document, String name, SsoSettings settings) {
        var text = document.path(name).asString("");
        try {
            var url = URI.create(text);
            if ("https".equals(url.getScheme()) || settings.plainHttp() && "http".equals(url.getScheme())) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw SsoFailure.outage(name + " of the provider is no URL");
        }
        throw SsoFailure.outage(name + " of the provider is '" + text + "'; expected https://…");
    }
}
