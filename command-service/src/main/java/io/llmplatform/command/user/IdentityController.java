package io.llmplatform.command.user;

import io.llmplatform.command.caller.Caller;
import io.llmplatform.command.http.Commands;
import io.llmplatform.command.http.Commands.Written;
import io.llmplatform.command.http.FieldErrors;
import io.llmplatform.command.http.IfMatch;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.command.sso.SsoProvider;
import io.llmplatform.command.user.UserCommand.LinkIdentity;
import io.llmplatform.command.user.UserCommand.UnlinkIdentity;
import io.llmplatform.contracts.id.Ids;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which person of the OpenID provider logs in as an account that was there before them. */
@RestController
@RequestMapping("/api/admin/v1/users/{id}/identity")
class IdentityController {
    private final Commands commands;
    private final SsoProvider provider;

    IdentityController(Commands commands, SsoProvider provider) {
        this.commands = commands;
        this.provider = provider;
    }

    @PostMapping
    ResponseEntity<Written> link(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody Link body) {
        new FieldErrors().required("subject", body.subject, 1, 254).throwIfAny();
        var issuer = provider.configured()
                .orElseThrow(() -> new Refusal.Conflict("there is no single sign-on here: OIDC_ISSUER is not set"))
                .issuer();
        return commands.change(
                caller,
                Commands.id(Ids.Kind.USER, id),
                new LinkIdentity(id, IfMatch.version(ifMatch), issuer, Objects.requireNonNull(body.subject)));
    }

    @DeleteMapping
    ResponseEntity<Written> unlink(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return commands.change(
                caller, Commands.id(Ids.Kind.USER, id), new UnlinkIdentity(id, IfMatch.version(ifMatch)));
    }

    record Link(@Nullable String subject) {
        @Override
        public String toString() {
            return "Link[…]";
        }
    }
}
