package com.visitorcount.sam.template;

import java.util.Map;

/** Small templates for tests: one function, with a role and an environment. */
final class Templates {
  static final String ROLE =
      """
        FunctionRole:
          Type: AWS::IAM::Role
          Properties:
            Policies:
              - PolicyDocument:
                  Statement: []
      """;

  private Templates() {}

  /** A template whose function has one variable, VALUE, with this text as its value. */
  static String withVariable(String value) {
    return withFunction("Environment: {Variables: {VALUE: " + value + "}}");
  }

  /** A template whose function also has these properties, one a line. */
  static String withFunction(String... properties) {
    return """
        Parameters:
          Word: {Type: String, Default: word}
          Number: {Type: Number, Default: -1}
          List: {Type: CommaDelimitedList, Default: "a, b,c"}
        Conditions:
          Never: !Equals [!Ref Word, other]
          Always: !Not [{Condition: Never}]
          ByNumber: !Equals [!Ref Number, -1]
          Circle: !Not [{Condition: Circle}]
        Resources:
          Table:
            Type: AWS::DynamoDB::Table
            Properties:
              TableName: !Sub "${Word}-table"
              KeySchema: [{AttributeName: id, KeyType: HASH}]
              AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
          Skipped:
            Type: AWS::SNS::Topic
            Condition: Never
          Other:
            Type: AWS::SNS::Topic
            Properties:
              TopicName: !FindInMap [a, b, c]
          Function:
            Type: AWS::Serverless::Function
            Properties:
              Handler: a.B::c
              Role: !GetAtt FunctionRole.Arn
        """
        + lines("      ", properties)
        + ROLE;
  }

  private static String lines(String indent, String... lines) {
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      text.append(indent).append(line).append('\n');
    }
    return text.toString();
  }

  static FunctionResource function(String template) {
    return Template.parse(template).evaluate(Map.of()).function("Function");
  }
}
