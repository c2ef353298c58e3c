package io.llmplatform.projections.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.event.Actor;
import io.llmplatform.contracts.event.EventEnvelope;
import io.llmplatform.contracts.event.EventMeta;
import io.llmplatform.contracts.json.ContractJson;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
            })
    void nestedValuesAreToldByWhatDiffersInThem(String before, String after, String changes) {
        var mapper = ContractJson.mapper();
        var data = mapper.readTree(
                "{\"before\":" + before.replace('\'', '"') + ",\"after\":" + after.replace('\'', '"') + "}");
        var envelope = new EventEnvelope(
                "e",
                1,
                "model.ModelEdited",
                "1",
                "model",
                "mdl_1",
                1,
                Instant.EPOCH,
                new EventMeta(Actor.system("test"), null, null, null, null),
                data);
        var entity = AuditEntity.unknown("model", "mdl_1");

        assertThat(AuditChanges.of(envelope, entity, entity)).isEqualTo(mapper.readTree(changes.replace('\'', '"')));
    }
}
