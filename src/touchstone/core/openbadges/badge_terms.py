"""The terms of the Open Badges 3.0.3 context, and what 3.0.2 says otherwise."""

from touchstone.core.openbadges.terms import Notation

_ACHIEVEMENT: Notation = {
    "achievementType": "ob:achievementType",
    "alignment": "ob:alignment @set",
    "creator": "ob:creator",
    "creditsAvailable": "ob:creditsAvailable ^xsds:float",
    "criteria": "ob:Criteria @id",
    "fieldOfStudy": "ob:fieldOfStudy",
    "humanCode": "ob:humanCode",
    "image": "ob:image @id",
    "inLanguage": "schema:inLanguage",
    "otherIdentifier": "ob:otherIdentifier @set",
    "related": "ob:related @set",
    "resultDescription": "ob:resultDescription @set",
    "specialization": "ob:specialization",
    "tag": "schema:keywords @set",
    "version": "ob:version",
}

_SUBJECT: Notation = {
    "achievement": "ob:achievement",
    "activityEndDate": "ob:activityEndDate ^xsds:date",
    "activityStartDate": "ob:activityStartDate ^xsds:date",
    "creditsEarned": "ob:creditsEarned ^xsds:float",
    "identifier": "ob:identifier @set",
    "image": "ob:image @id",
    "licenseNumber": "ob:licenseNumber",
    "result": "ob:result @set",
    "role": "ob:role",
    "source": "ob:source @id",
    "term": "ob:term",
}

_PROFILE: Notation = {
    "additionalName": "schema:additionalName",
    "address": "ob:address @id",
    "dateOfBirth": "ob:dateOfBirth ^xsds:date",
    "email": "schema:email",
    "familyName": "schema:familyName",
    "familyNamePrefix": "ob:familyNamePrefix",
    "givenName": "schema:givenName",
    "honorificPrefix": "schema:honorificPrefix",
    "honorificSuffix": "schema:honorificSuffix",
    "image": "ob:image @id",
    "official": "ob:official",
    "otherIdentifier": "ob:otherIdentifier @set",
    "parentOrg": "ob:parentOrg @id",
    "patronymicName": "ob:patronymicName",
    "phone": "ob:phone",
}

_RELATED: Notation = {
    "inLanguage": "schema:inLanguage",
    "version": "ob:version",
}

_TYPES: Notation = {
    "Achievement": ("ob:Achievement", _ACHIEVEMENT),
    "AchievementCredential": "ob:OpenBadgeCredential",
    "AchievementSubject": ("ob:AchievementSubject", _SUBJECT),
    "Address": (
        "ob:Address",
        {
            "addressCountry": "schema:addressCountry",
            "addressCountryCode": "ob:CountryCode",
            "addressLocality": "schema:addressLocality",
            "addressRegion": "schema:addressRegion",
            "geo": "ob:GeoCoordinates",
            "postOfficeBoxNumber": "schema:postOfficeBoxNumber",
            "postalCode": "schema:postalCode",
            "streetAddress": "schema:streetAddress",
        },
    ),
    "Alignment": (
        "schema:AlignmentObject",
        {
            "targetCode": "ob:targetCode",
            "targetDescription": "schema:targetDescription",
            "targetFramework": "schema:targetFramework",
            "targetName": "schema:targetName",
            "targetType": "ob:targetType",
            "targetUrl": "schema:targetUrl ^xsds:anyURI",
        },
    ),
    "Criteria": "ob:Criteria",
    "EndorsementCredential": "ob:EndorsementCredential",
    "EndorsementSubject": (
        "ob:EndorsementSubject",
        {
            "endorsementComment": "ob:endorsementComment",
        },
    ),
    "Evidence": (
        "ob:Evidence",
        {
            "audience": "schema:audience",
            "genre": "schema:genre",
        },
    ),
    "GeoCoordinates": (
        "ob:GeoCoordinates",
        {
            "latitude": "schema:latitude",
            "longitude": "schema:longitude",
        },
    ),
    "IdentifierEntry": (
        "ob:IdentifierEntry",
        {
            "identifier": "ob:identifier",
            "identifierType": "ob:identifierType",
        },
    ),
    "IdentityObject": (
        "ob:IdentityObject",
        {
            "hashed": "ob:hashed ^xsds:boolean",
            "identityHash": "ob:identityHash",
            "identityType": "ob:identityType",
            "salt": "ob:salt",
        },
    ),
    "Image": (
        "ob:Image",
        {
            "caption": "schema:caption",
        },
    ),
    "OpenBadgeCredential": "ob:OpenBadgeCredential",
    "Profile": ("ob:Profile", _PROFILE),
    "Related": ("ob:Related", _RELATED),
    "Result": (
        "ob:Result",
        {
            "achievedLevel": "ob:achievedLevel ^xsds:anyURI",
            "resultDescription": "ob:resultDescription ^xsds:anyURI",
            "status": "ob:status",
            "value": "schema:value",
        },
    ),
    "ResultDescription": (
        "ob:ResultDescription",
        {
            "allowedValue": "ob:allowedValue @list",
            "requiredLevel": "ob:requiredLevel ^xsds:anyURI",
            "requiredValue": "ob:requiredValue",
            "resultType": "ob:resultType",
            "rubricCriterionLevel": "ob:rubricCriterionLevel @set",
            "valueMax": "ob:valueMax",
            "valueMin": "ob:valueMin",
        },
    ),
    "RubricCriterionLevel": (
        "ob:RubricCriterionLevel",
        {
            "level": "ob:level",
            "points": "ob:points",
        },
    ),
}

_PROPERTIES: Notation = {
    "alignment": "ob:alignment @set",
    "awardedDate": "ob:awardedDate ^undefined-xsd:dateTime",
    "description": "schema:description",
    "endorsement": "ob:endorsement @set",
    "endorsementJwt": "ob:endorsementJwt @set",
    "image": "ob:image @id",
    "inLanguage": "schema:inLanguage",
    "jti": "jwt:jti @id",
    "name": "schema:name",
    "narrative": "ob:narrative",
    "url": "schema:url ^xsds:anyURI",
}

BADGE_TERMS: Notation = _TYPES | _PROPERTIES


def _without(notation: Notation, *names: str) -> Notation:
    return {name: entry for name, entry in notation.items() if name not in names}


_OLD_IMAGE: Notation = {"image": "ob:Image @id"}

BADGE_TERMS_3_0_2: Notation = (
    _TYPES
    | {
        "Achievement": ("ob:Achievement", _without(_ACHIEVEMENT, "inLanguage") | _OLD_IMAGE),
        "AchievementSubject": (
            "ob:AchievementSubject",
            _SUBJECT | _OLD_IMAGE | {"achievement": "ob:achievement-0"},
        ),
        "Profile": ("ob:Profile", _PROFILE | _OLD_IMAGE),
        "Related": ("ob:Related", _without(_RELATED, "inLanguage")),
    }
    | _without(_PROPERTIES, "awardedDate", "endorsementJwt", "inLanguage", "jti")
    | _OLD_IMAGE
)
