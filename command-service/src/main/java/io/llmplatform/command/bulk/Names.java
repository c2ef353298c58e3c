package io.llmplatform.command.bulk;

import io.llmplatform.command.claim.NameClaims;
import io.llmplatform.command.refusal.Refusal;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lets rows say {@code team}, {@code user} and {@code provider} by name, where the operations take ids, and be those of an
 * export: what only the platform says of a thing is not read.
 */
@Component
class Names {
    private static final List<String> ONLY_TOLD = List.of("id", "status", "prefix");

    private final NameClaims claims;

    Names(NameClaims claims) {
        this.claims = claims;
    }

    /**
     * @throws Refusal.UnknownReference for a name that nobody has
     * @throws Refusal.Conflict when the row is of something that was exported disabled, revoked or expired: it would come
     *     to life again
     */
    ObjectNode resolved(ObjectNode row) {
        if (!row.path("status").asString("active").equals("active")) {
            throw new Refusal.Conflict("status: only what is active is created; leave the row or the column out");
        }
        var copy = row.deepCopy();
        copy.remove(ONLY_TOLD);
        resolve(copy, "team", NameClaims.Kind.TEAM, "");
        resolve(copy, "user", NameClaims.Kind.USER, "");
        var deployments = copy.path("deployments");
        for (int i = 0; i < deployments.size(); i++) {
            if (deployments.get(i) instanceof ObjectNode deployment) {
                resolve(deployment, "provider", NameClaims.Kind.PROVIDER, "deployments[" + i + "].");
            }
        }
        return copy;
    }

    private void resolve(ObjectNode object, String field, NameClaims.Kind kind, String at) {
        if (!object.path(field).isString()) {
            return;
        }
        var id = claims.ownerOf(kind, object.path(field).stringValue())
                .orElseThrow(() -> new Refusal.UnknownReference(at + field, "no such " + field));
        object.remove(field);
        object.put(field + "_id", id);
    }
}
