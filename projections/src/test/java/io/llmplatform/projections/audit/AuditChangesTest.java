package io.llmplatform.projections.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.event.Actor;
import io.llmplatform.contracts.event.EventEnvelope;
import io.llmplatform.contracts.event.EventMeta;
import io.llmplatform.contracts.json.ContractJson;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class AuditChangesTest {
    /** In the JSON, single quotes stand for double ones. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "{'limits':{'concurrency':1,'tokens_per_minute':5}} | {'limits':{'concurrency':2,'tokens_per_minute':5}}"
                        + "| [{'field':'limits.concurrency','before':1,'after':2}]",
                "{'limits':{'concurrency':1}} | {'limits':{'tokens_per_minute':5}}"
                        + "| [{'field':'limits.concurrency','before':1},{'field':'limits.tokens_per_minute','after':5}]",
                "{'limits':{'concurrency':1}} | {} | [{'field':'limits','before':{'concurrency':1}}]",
                "{} | {'metadata':{'a':'b'}} | [{'field':'metadata','after':{'a':'b'}}]",
                "{'scopes':['a','b']} | {'scopes':['a']} | [{'field':'scopes','before':['a','b'],'after':['a']}]",
                "{'deployments':[{'id':'d1','weight':1,'when':{'stream':true}},{'id':'d2','weight':1}]}"
                        + "| {'deployments':[{'id':'d1','weight':7,'when':{'stream':false}},{'id':'d3','weight':2}]}"
                        + "| [{'field':'deployments[d1].weight','before':1,'after':7},"
                        + "{'field':'deployments[d1].when.stream','before':true,'after':false},"
                        + "{'field':'deployments[d2]','before':{'id':'d2','weight':1}},"
                        + "{'field':'deployments[d3]','after':{'id':'d3','weight':2}}]",
                "{'deployments':[{'id':'d1'},{'id':'d2'}]} | {'deployments':[{'id':'d2'},{'id':'d1'}]}"
                        + "| [{'field':'deployments','before':[{'id':'d1'},{'id':'d2'}],'after':[{'id':'d2'},{'id':'d1'}]}]",
                "{'budgets':[{'period':'day','amount':1,'currency':'USD'}]}"
                        + "| {'budgets':[{'period':'day','amount':2,'currency':'USD'}]}"
                        + "| [{'field':'budgets[day USD].amount','before':1,'after':2}]",
                "{'email':{'subject':'u','clear':'a@x'}} | {'email':{'subject':'u','clear':'b@x'}}"
                        + "| [{'field':'email','before':'a@x','after':'b@x'}]",
                "{'secret':{'kek':1,'ciphertext':'x'}} | {'secret':{'kek':1,'ciphertext':'y'}}"
                        + "| [{'field':'secret','before':'set','after':'rotated'}]",
                "{'metadata':{'hash':'a','ciphertext':'x','wrapped_key':'k','subject':'s','clear':'c'}}"
                        + "| {'metadata':{'hash':'b','ciphertext':'y','wrapped_key':'k','subject':'s','clear':'d'}}"
                        + "| [{'field':'metadata.hash','before':'a','after':'b'},"
                        + "{'field':'metadata.ciphertext','before':'x','after':'y'},"
                        + "{'field':'metadata.clear','before':'c','after':'d'}]",
                "{'deployments':[{'id':'d1','when':{'metadata':{'hash':'a','subject':'s','clear':'c'}}}]}"
                        + "| {'deployments':[{'id':'d1','when':{'metadata':{'subject':'t','clear':'c'}}}]}"
                        + "| [{'field':'deployments[d1].when.metadata.hash','before':'a'},"
                        + "{'field':'deployments[d1].when.metadata.subject','before':'s','after':'t'}]",
                "{'hash':'a','inner':{'hash':'a','secret':{'wrapped_key':'k'}}}"
                        + "| {'hash':'b','inner':{'hash':'b','secret':{'wrapped_key':'l'}}}"
                        + "| [{'field':'inner.secret','before':'set','after':'rotated'}]",
            })
    void nestedValuesAreToldByWhatDiffersInThem(String before, String after, String changes) {
        assertThat(changes("model.ModelEdited", "{'before':" + before + ",'after':" + after + "}"))
                .isEqualTo(json(changes));
    }

    @Test
    void theFirstMetadataAreToldWhateverTheirNamesAndTheHashOfTheKeyIsNot() {
        assertThat(changes(
                        "api_key.ApiKeyIssued",
                        "{'hash':'secret','details':{'name':'ci','metadata':{'hash':'a','ciphertext':'x'}}}"))
                .isEqualTo(json("[{'field':'name','after':'ci'},"
                        + "{'field':'metadata','after':{'hash':'a','ciphertext':'x'}}]"));
    }

    @Test
    void aRotationTellsWhatMayBeSeenOfTheKeysAndNoHash() {
        assertThat(changes(
                        "api_key.ApiKeyRotated",
                        "{'api_key_id':'mdl_1','prefix':'sk-2','hash':'b','previous_prefix':'sk-1','previous_hash':'a',"
                                + "'previous_until':'2030-01-01T00:00:00Z'}"))
                .isEqualTo(json("[{'field':'prefix','after':'sk-2'},{'field':'previous_prefix','after':'sk-1'},"
                        + "{'field':'previous_until','after':'2030-01-01T00:00:00Z'}]"));
        assertThat(changes("user.InvitationAccepted", "{'user_id':'mdl_1'}"))
                .isEqualTo(json("[{'field':'password','after':'changed'}]"));
    }

    @Test
    void aSecondFactorIsToldAsOnOrOff() {
        assertThat(changes("user.SecondFactorEnrolled", "{'user_id':'mdl_1'}"))
                .isEqualTo(json("[{'field':'second_factor','before':'off','after':'on'}]"));
        assertThat(changes("user.SecondFactorRemoved", "{'user_id':'mdl_1','by':'administrator'}"))
                .isEqualTo(json("[{'field':'second_factor','before':'on','after':'off'},"
                        + "{'field':'by','after':'administrator'}]"));
        assertThat(changes("user.RecoveryCodeUsed", "{'user_id':'mdl_1','recovery_codes_left':9}"))
                .isEqualTo(json("[{'field':'recovery_codes_left','after':9}]"));
    }

    private static JsonNode changes(String type, String data) {
        var envelope = new EventEnvelope(
                "e",
                1,
                type,
                "1",
                "model",
                "mdl_1",
                1,
                Instant.EPOCH,
                new EventMeta(Actor.system("test"), null, null, null, null),
                json(data));
        return AuditChanges.of(envelope, "active");
    }

    private static JsonNode json(String json) {
        return ContractJson.mapper().readTree(json.replace('\'', '"'));
    }
}
