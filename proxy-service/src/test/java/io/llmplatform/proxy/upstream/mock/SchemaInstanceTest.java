package io.llmplatform.proxy.upstream.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaInstanceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'string'} | 'mock value'",
                "{'type':'integer'} | 1",
                "{'type':'integer','minimum':7} | 7",
                "{'type':'integer','exclusiveMinimum':7} | 8",
                "{'type':'integer','exclusiveMinimum':true,'minimum':7} | 8",
                "{'type':'integer','maximum':-3} | -3",
                "{'type':'integer','exclusiveMaximum':1} | 0",
                "{'type':'integer','exclusiveMinimum':7.5,'maximum':8} | 8",
                "{'type':'integer','minimum':1700000000000} | 1700000000000",
                "{'type':'integer','minimum':11,'multipleOf':5} | 15",
                "{'type':'number','minimum':0,'maximum':0.5} | 0.5",
                "{'type':'number','exclusiveMinimum':0,'exclusiveMaximum':1} | 0.75",
                "{'type':'boolean'} | true",
                "{'type':'null'} | null",
                "{'type':['null','string']} | 'mock value'",
                "{'type':'string','nullable':true} | 'mock value'",
                "{'enum':['red','green']} | 'red'",
                "{'const':{'a':1}} | {'a':1}",
                "{'type':'string','minLength':12} | 'mock value..'",
                "{'type':'string','maxLength':4} | 'mock'",
                "{'type':'string','format':'date'} | '2025-01-01'",
                "{'type':'string','format':'uuid'} | '00000000-0000-4000-8000-000000000001'",
                "{'type':'array','items':{'type':'integer'}} | [1]",
                "{'type':'array','items':{'type':'integer'},'minItems':3,'uniqueItems':true} | [1,2,3]",
                "{'type':'array','items':{'enum':['a','b']},'minItems':3} | ['a','b','a']",
                "{'type':'array','items':{'type':'string'},'maxItems':0} | []",
                "{'type':'array','prefixItems':[{'type':'string'},{'type':'integer'}],'items':false}"
                        + " | ['mock value',1]",
                "{'anyOf':[{'type':'null'},{'type':'integer'}]} | 1",
                "{'oneOf':[{'type':'string','const':'x'},{'type':'integer'}]} | 'x'",
                "{'allOf':[{'properties':{'a':{'type':'integer'}},'required':['a']},"
                        + "{'properties':{'b':{'type':'boolean'}},'required':['b']}]} | {'a':1,'b':true}",
                "{'type':'object','properties':{'a':{'type':'integer'},'b':{'type':'integer'}},"
                        + "'anyOf':[{'required':['b']},{'required':['a']}]} | {'b':1}",
                "{'type':'object','properties':{'a':{'type':'integer'},'b':{'type':'integer'}},'required':['a']}"
                        + " | {'a':1}",
                "{'type':'object','properties':{'a':{'type':'integer'},'b':{'type':'string'}}}"
                        + " | {'a':1,'b':'mock b'}",
                "{'type':'object'} | {}",
                "{'type':'object','required':['x'],'additionalProperties':{'type':'integer'}} | {'x':1}",
                "{} | 'mock value'",
                "{'$defs':{'a/b':{'type':'integer'}},'$ref':'#/$defs/a~1b'} | 1"
            })
    void everyFormGetsItsSimplestValue(String schema, String expected) {
        var made = SchemaInstance.of(Mock.json(schema.strip()), "", "tools");
        assertThat(made.toString()).isEqualTo(Mock.json(expected.strip()).toString());
        SchemaCheck.assertAccepts(Mock.json(schema.strip()), made);
    }

    @Test
    void theFormOfAnSdksExampleIsFilled() {
        var schema = Mock.json("{'type':'object','properties':{'steps':{'type':'array','items':{'$ref':'#/$defs/step'},"
                + "'minItems':2},'final_answer':{'type':'string'},'score':{'anyOf':[{'type':'number','minimum':0,"
                + "'maximum':1},{'type':'null'}]}},'required':['steps','final_answer','score'],"
                + "'additionalProperties':false,'$defs':{'step':{'type':'object','properties':{'explanation':"
                + "{'type':'string'},'output':{'type':'string'}},'required':['explanation','output'],"
                + "'additionalProperties':false}}}");
        var made = SchemaInstance.of(schema, "solve 8x + 31 = 2", "response_format");
        assertThat(made.toString())
                .isEqualTo(Mock.quotes("{'steps':[{'explanation':'mock explanation','output':'mock output'},"
                        + "{'explanation':'mock explanation','output':'mock output'}],"
                        + "'final_answer':'mock final answer','score':1.0}"));
        SchemaCheck.assertAccepts(schema, made);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // A tree.
                "{'type':'object','properties':{'value':{'type':'integer'},'children':{'type':'array','items':"
                        + "{'$ref':'#'}}},'required':['value','children']}",
                // A list that ends with null.
                "{'$ref':'#/$defs/node','$defs':{'node':{'type':'object','properties':{'next':{'anyOf':"
                        + "[{'$ref':'#/$defs/node'},{'type':'null'}]}},'required':['next']}}}",
                // Two that refer to each other, optional.
                "{'$ref':'#/$defs/a','$defs':{'a':{'type':'object','properties':{'b':{'$ref':'#/$defs/b'}}},"
                        + "'b':{'type':'object','properties':{'a':{'$ref':'#/$defs/a'}}}}}",
                // The reference is not the item itself but below it.
                "{'type':'array','items':{'type':'object','properties':{'more':{'$ref':'#'}},'required':['more']}}",
                // A way out by type.
                "{'$defs':{'n':{'type':['object','null'],'properties':{'n':{'$ref':'#/$defs/n'}},'required':['n']}},"
                        + "'$ref':'#/$defs/n'}"
            })
    void whatRefersToItselfEnds(String schema) {
        var made = SchemaInstance.of(Mock.json(schema), "", "tools");
        SchemaCheck.assertAccepts(Mock.json(schema), made);
        assertThat(made.toString()).hasSizeLessThan(1000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'object','properties':{'x':{'$ref':'#'}},'required':['x']}",
                "{'$ref':'#'}",
                "{'$defs':{'a':{'allOf':[{'$ref':'#/$defs/a'}]}},'$ref':'#/$defs/a'}",
                "{'$ref':'#/$defs/absent'}",
                "{'$ref':'https://example.com/schema'}",
                "{'$ref':'#x'}",
                "{'type':'array','items':{'type':'integer'},'minItems':100000000}",
                "{'type':'string','minLength':100000000}",
                "{'type':'string','minLength':3,'maxLength':2}",
                "{'type':'integer','minimum':3,'maximum':2}",
                "{'type':'number','minimum':3,'maximum':2}",
                "{'type':'integer','minimum':4,'maximum':6,'multipleOf':7}",
                "{'type':'strange'}"
            })
    void whatCannotBeFilledIsRefused(String schema) {
        assertThatThrownBy(() -> SchemaInstance.of(Mock.json(schema), "", "tools"))
                .isInstanceOfSatisfying(
                        MockRefusal.class,
                        refusal -> assertThat(refusal.error().param()).isEqualTo("tools"));
    }

    @Test
    void aSchemaThatWouldKeepTheLoopBusyIsRefused() {
        var many = new StringBuilder("{'type':'object','properties':{'p0':{'type':'string'}");
        for (int i = 1; i < 10_000; i++) {
            many.append(",'p").append(i).append("':{}");
        }
        assertThatThrownBy(() -> SchemaInstance.of(Mock.json(many + "}}"), "", "tools"))
                .isInstanceOf(MockRefusal.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "What is 2 plus 40.5? | {'a':{'type':'number'},'b':{'type':'number'}} | {'a':2.0,'b':40.5}",
                "Give me 3.5 or 4 | {'a':{'type':'integer'}} | {'a':4}",
                "At most 300 | {'a':{'type':'integer','maximum':10}} | {'a':1}",
                "In Tokyo or New York now | {'location':{'type':'string'}} | {'location':'New York'}",
                "in kyoto | {'homeCity':{'type':'string'}} | {'homeCity':'Shanghai'}",
                "Find cats | {'query':{'type':'string'}} | {'query':'Find cats'}",
                "make it GREEN | {'colour':{'enum':['red','green']}} | {'colour':'green'}",
                "x | {'user_name':{'type':'string'}} | {'user_name':'mock user name'}"
            })
    void wordsOfThePersonAreUsedWhereTheyFit(String text, String properties, String expected) {
        var schema = Mock.json("{'type':'object','properties':" + properties.strip() + "}");
        var made = SchemaInstance.of(schema, text.strip(), "tools");
        assertThat(made.toString()).isEqualTo(Mock.json(expected.strip()).toString());
        SchemaCheck.assertAccepts(schema, made);
    }
}
